/// A point on the wall clock.
///
/// Units: microseconds since 1970-01-01T00:00:00Z (UTC, no leap seconds). Shape: on the wire
/// `2026-11-23T09:30:00.000Z`, milliseconds, as the published API writes times.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, lost) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, carry) = microseconds.addingReportingOverflow(whole &+ attoseconds / 1_000_000_000_000)
        if lost || carry { return Timestamp(microseconds: seconds < 0 ? .min : .max) }
        return Timestamp(microseconds: sum)
    }

    /// How long until `other`; negative when it has passed.
    package func duration(to other: Timestamp) -> Duration {
        .microseconds(other.microseconds - microseconds)
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2026-11-23T09:30:00.000Z`
    package var description: String {
        let (days, dayRest) = microseconds.floorDivided(by: 86_400_000_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let milliseconds = dayRest / 1000
        guard (0...9999).contains(year) else { return Self.farText(year, month, day, milliseconds) }
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var text = DigitWriter(buffer: buffer)
            text.put(year, digits: 4, then: "-")
            text.put(month, digits: 2, then: "-")
            text.put(day, digits: 2, then: "T")
            text.put(milliseconds / 3_600_000, digits: 2, then: ":")
            text.put(milliseconds / 60_000 % 60, digits: 2, then: ":")
            text.put(milliseconds / 1000 % 60, digits: 2, then: ".")
            text.put(milliseconds % 1000, digits: 3, then: "Z")
            return text.count
        }
    }

    /// Of years that four digits do not hold.
    private static func farText(_ year: Int64, _ month: Int64, _ day: Int64, _ milliseconds: Int64) -> String
    {
        let within = Timestamp(microseconds: milliseconds * 1000).description.dropFirst(10)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" + within
    }

    /// Writes numbers of fixed width, times being written with nearly every answer.
    private struct DigitWriter {
        let buffer: UnsafeMutableBufferPointer<UInt8>
        private(set) var count = 0

        init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

        mutating func put(_ number: Int64, digits: Int, then mark: Unicode.Scalar) {
            var rest = number
            for place in stride(from: count + digits - 1, through: count, by: -1) {
                buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            buffer[count + digits] = UInt8(ascii: mark)
            count += digits + 1
        }
    }

    /// Days since 1970-01-01 to a date of the proleptic Gregorian calendar.
    package static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day's number counted from 1970-01-01; the other way round of `civil`.
    package static func days(fromYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.floorDivided(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Timestamp {
    /// Reads RFC 3339 with any number of fraction digits and `Z` or a numeric offset; nil when the text is no
    /// such time.
    package init?(rfc3339 text: String) {
        var scanner = TimeScanner(text)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
            scanner.take("-"),
            let day = scanner.digits(2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
            scanner.take(":"),
            let second = scanner.digits(2), (1...12).contains(month), (1...31).contains(day), hour < 24,
            minute < 60,
            second <= 60
        else { return nil }
        guard let fraction = scanner.fractionMicroseconds(), let offset = scanner.offsetMinutes(),
            scanner.atEnd
        else {
            return nil
        }
        let days = Self.days(fromYear: year, month: month, day: day)
        guard Self.civil(fromDays: days) == (year, month, day) else { return nil }
        let seconds = days * 86_400 + hour * 3600 + (minute - offset) * 60 + second
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }
}

/// Reads the fixed parts of an RFC 3339 text from left to right.
private struct TimeScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var atEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Character) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
            return nil
        }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }

    mutating func digits(_ count: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    mutating func fractionMicroseconds() -> Int64? {
        guard take(".") else { return 0 }
        guard var fraction = digit() else { return nil }
        var places = 1
        while let next = digit() {
            if places < 6 {
                fraction = fraction * 10 + next
                places += 1
            }
        }
        while places < 6 {
            fraction *= 10
            places += 1
        }
        return fraction
    }

    mutating func offsetMinutes() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = digits(2), take(":"), let minutes = digits(2), hours < 24, minutes < 60 else {
            return nil
        }
        return sign * (hours * 60 + minutes)
    }
}

extension Int64 {
    /// Rounded towards minus infinity, so that the remainder of a time before 1970 is a time of its day.
    package func floorDivided(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
