/// Everything that happened, as lines: a sum over all of them, and the last ones in full.
final class Trace: @unchecked Sendable { // touched by the one thread of the simulation only
    static let keptMax = 400

    /// FNV-1a over all lines: two runs with the same sum did the same.
    private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var count = 0
    private var kept: [String] = []
    /// Told of each line as it comes.
    var onLine: ((String) -> Void)?

    func note(_ line: String) {
        var line = line
        count += 1
        sum = line.withUTF8 { bytes in
            var sum = sum
            for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return (sum ^ 10) &* 0x100_0000_01B3
        }
        onLine?(line)
        kept.append(line)
        if kept.count >= 2 * Self.keptMax { kept.removeFirst(Self.keptMax) }
    }

    var tail: [String] { kept.suffix(Self.keptMax) }

    /// A short name of a payload, so that lines tell whether two of them are equal.
    static func mark(_ bytes: [UInt8]) -> String {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        bytes.withUnsafeBufferPointer { for byte in $0 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        return String(sum & 0xFFFF_FFFF, radix: 16)
    }
}
