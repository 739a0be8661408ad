extension ZoneRules {
    /// Reads the content of a TZif file, version 2 or later. Source: RFC 8536.
    init(name: String, tzif bytes: [UInt8]) throws(ZoneFault) {
        var reader = TZifReader(bytes)
        // The first part has times of 32 bits, for readers of before 1995.
        let old = try reader.header()
        guard old.version >= UInt8(ascii: "2") else {
            throw ZoneFault(reason: "it is of version 1, which ends in 2037; a newer tzdata is needed")
        }
        try reader.skip(old.bodyBytes(timeBytes: 4))
        let header = try reader.header()
        guard header.leapSeconds == 0 else {
            throw ZoneFault(
                reason: "it counts leap seconds, which no clock here does; leave out \"right/\"")
        }
        guard header.types > 0 else { throw ZoneFault(reason: "it has no offset") }
        var changes: [Int64] = []
        for _ in 0..<header.times { changes.append(try reader.integer(bytes: 8)) }
        var kinds: [Int] = []
        for _ in 0..<header.times { kinds.append(Int(try reader.integer(bytes: 1, signed: false))) }
        var types: [Int64] = []
        for _ in 0..<header.types {
            types.append(try reader.integer(bytes: 4))
            try reader.skip(2)
        }
        try reader.skip(header.characters + header.standards + header.universals)
        guard zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ZoneFault(reason: "its changes are not in order")
        }
        guard types.allSatisfy({ abs($0) <= Self.offsetMax }), kinds.allSatisfy({ $0 < types.count }) else {
            throw ZoneFault(reason: "an offset is out of range")
        }
        let rule = try reader.footer()
        self.init(
            name: name, changes: changes, offsets: [types[0]] + kinds.map { types[$0] },
            tail: rule.isEmpty ? nil : try ZoneTail(rule))
    }
}

/// The counts at the beginning of each part.
private struct TZifHeader {
    var version: UInt8 = 0
    var universals = 0
    var standards = 0
    var leapSeconds = 0
    var times = 0
    var types = 0
    var characters = 0

    func bodyBytes(timeBytes: Int) -> Int {
        times * (timeBytes + 1) + types * 6 + characters + leapSeconds * (timeBytes + 4) + standards
            + universals
    }
}

private struct TZifReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private static let cut = ZoneFault(reason: "it ends in the middle")

    mutating func skip(_ count: Int) throws(ZoneFault) {
        guard count <= bytes.count - place else { throw Self.cut }
        place += count
    }

    /// Big-endian.
    mutating func integer(bytes count: Int, signed: Bool = true) throws(ZoneFault) -> Int64 {
        let start = place
        try skip(count)
        let bits = bytes[start..<place].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard signed else { return Int64(bits) }
        let shift = UInt64(64 - 8 * count)
        return Int64(bitPattern: bits << shift) >> Int64(shift)
    }

    mutating func header() throws(ZoneFault) -> TZifHeader {
        let start = place
        try skip(4)
        guard bytes[start..<place].elementsEqual("TZif".utf8) else {
            throw ZoneFault(reason: "it is no TZif file")
        }
        var header = TZifHeader()
        header.version = UInt8(try integer(bytes: 1, signed: false))
        try skip(15)
        func count() throws(ZoneFault) -> Int {
            let count = Int(try integer(bytes: 4, signed: false))
            guard count <= bytes.count else { throw Self.cut }
            return count
        }
        header.universals = try count()
        header.standards = try count()
        header.leapSeconds = try count()
        header.times = try count()
        header.types = try count()
        header.characters = try count()
        return header
    }

    /// The text between the last two line ends.
    mutating func footer() throws(ZoneFault) -> String {
        guard place < bytes.count, bytes[place] == 0x0A, let last = bytes.last, last == 0x0A,
            bytes.count - place >= 2
        else { throw Self.cut }
        return String(decoding: bytes[(place + 1)..<(bytes.count - 1)], as: UTF8.self)
    }
}
