/// A part of a TZif file that is not as the format says.
struct ZoneFault: Error { let reason: String }

extension ZoneTail {
    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3`.
    init(_ text: String) throws(ZoneFault) {
        var scanner = TailScanner(text)
        try scanner.name()
        offset = -(try scanner.time(hoursMax: 24))
        guard !scanner.atEnd else { return }
        try scanner.name()
        var summerOffset = offset + 3600
        if !scanner.take(",") {
            summerOffset = -(try scanner.time(hoursMax: 24))
            guard scanner.take(",") else { throw scanner.fault("the turns are missing") }
        }
        let begins = try scanner.turn()
        guard scanner.take(",") else { throw scanner.fault("the second turn is missing") }
        let ends = try scanner.turn()
        guard scanner.atEnd else { throw scanner.fault("something follows the second turn") }
        summer = Summer(offset: summerOffset, begins: begins, ends: ends)
    }
}

/// Reads the parts of a POSIX TZ text from left to right.
private struct TailScanner {
    private let text: String
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.text = text
        rest = text[...].utf8
    }

    var atEnd: Bool { rest.isEmpty }

    func fault(_ reason: String) -> ZoneFault { ZoneFault(reason: "its rule \"\(text)\": \(reason)") }

    mutating func take(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// `CET` or `<+1030>`; what it is called does not matter here.
    mutating func name() throws(ZoneFault) {
        let isQuoted = take("<")
        var length = 0
        while let byte = rest.first, Self.isNameByte(byte, quoted: isQuoted) {
            rest.removeFirst()
            length += 1
        }
        guard length >= 3, !isQuoted || take(">") else { throw fault("a name is missing") }
    }

    private static func isNameByte(_ byte: UInt8, quoted: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): quoted
        default: false
        }
    }

    mutating func number(in range: ClosedRange<Int64>) throws(ZoneFault) -> Int64 {
        var number: Int64 = 0
        var digits = 0
        while digits < 3, let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            rest.removeFirst()
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            digits += 1
        }
        guard digits > 0, range.contains(number) else { throw fault("a number is missing or out of range") }
        return number
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(hoursMax: Int64) throws(ZoneFault) -> Int64 {
        let sign: Int64 = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        var seconds = try number(in: 0...hoursMax) * 3600
        if take(":") {
            seconds += try number(in: 0...59) * 60
            if take(":") { seconds += try number(in: 0...59) }
        }
        return sign * seconds
    }

    /// `M3.5.0/2`, `J60` or `59`; without a time it is two o'clock.
    mutating func turn() throws(ZoneFault) -> ZoneTail.Turn {
        let day: ZoneTail.Turn.Day
        if take("M") {
            let month = try number(in: 1...12)
            guard take(".") else { throw fault("a week is missing") }
            let week = try number(in: 1...5)
            guard take(".") else { throw fault("a weekday is missing") }
            day = .weekday(month: month, week: week, weekday: try number(in: 0...6))
        } else if take("J") {
            day = .withoutLeapDay(try number(in: 1...365))
        } else {
            day = .withLeapDay(try number(in: 0...365))
        }
        return ZoneTail.Turn(day: day, second: take("/") ? try time(hoursMax: 167) : 2 * 3600)
    }
}
