/// Cuts what a service writes into lines.
struct LineSplitter {
    /// A longer line comes in parts; the services cut a value at 64 KiB.
    static let lineBytesMax = 1 << 20

    private var rest: [UInt8] = []

    /// The lines that are whole now, without their line breaks and without empty ones.
    mutating func feed(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            rest += bytes[start..<end]
            if !rest.isEmpty { lines.append(rest) }
            rest = []
            start = bytes.index(after: end)
        }
        rest += bytes[start...]
        if rest.count >= Self.lineBytesMax { lines += finish() }
        return lines
    }

    /// What came after the last line break.
    mutating func finish() -> [[UInt8]] {
        defer { rest = [] }
        return rest.isEmpty ? [] : [rest]
    }
}
