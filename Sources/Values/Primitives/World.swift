import Glibc

/// Where time and chance come from. Everything that decides is given a world, so a test or a simulation owns
/// both.
package protocol World: Sendable {
    /// The wall clock.
    var now: Timestamp { get }

    /// Unguessable bytes from the system's source.
    func entropy(_ count: Int) -> [UInt8]
}

extension World {
    /// A number of the range by chance, for pauses that shall not all end together.
    package func fraction(in range: ClosedRange<Double>) -> Double {
        let chance = entropy(2).reduce(0) { $0 * 256 + Double($1) } / 65_535
        return range.lowerBound + (range.upperBound - range.lowerBound) * chance
    }
}

/// Sixteen random bytes written as a version 4 UUID, e.g. for generated execution names and request ids.
package func makeUUID(from world: some World) -> String {
    var bytes = world.entropy(16)
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    var text = ""
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
        if [4, 6, 8, 10].contains(index) { text.append("-") }
        text.append(hexDigits[Int(byte >> 4)])
        text.append(hexDigits[Int(byte & 15)])
    }
    return text
}

private let hexDigits = Array("0123456789abcdef")

/// The live world: the kernel's realtime clock and its random source.
package struct LiveWorld: World {
    package init() {}

    package var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    package func entropy(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        // Eight at a time: each draw is a system call.
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }
}
