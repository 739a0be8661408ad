/// The exact sum of any number of decimals, however large or fine they are.
///
/// Shape: on the wire and in databases a string such as `"1234.50"`, like a `DecimalNumber`, with more digits
/// where the sum has more.
package struct DecimalSum: Sendable, Hashable, CustomStringConvertible {
    /// What a decimal of 18 digits can be finer than 1 by.
    private static let places = DecimalNumber.digitsMax
    private static let one = DecimalNumber.powerOfTen(places)

    private var whole: Int128 = 0
    /// Units: 10^-18; below 1 and never negative, so that equal sums are equal.
    private var fraction: Int128 = 0

    package init() {}

    package init(_ number: DecimalNumber) { add(number) }

    package mutating func add(_ number: DecimalNumber) {
        let unit = DecimalNumber.powerOfTen(number.scale)
        let coefficient = Int128(number.coefficient)
        carry(coefficient / unit, coefficient % unit * DecimalNumber.powerOfTen(Self.places - number.scale))
    }

    package mutating func add(_ other: DecimalSum) { carry(other.whole, other.fraction) }

    package mutating func subtract(_ number: DecimalNumber) {
        let unit = DecimalNumber.powerOfTen(number.scale)
        let coefficient = Int128(number.coefficient)
        carry(
            -(coefficient / unit),
            -(coefficient % unit * DecimalNumber.powerOfTen(Self.places - number.scale)))
    }

    private mutating func carry(_ moreWhole: Int128, _ moreFraction: Int128) {
        whole += moreWhole
        fraction += moreFraction
        if fraction >= Self.one {
            fraction -= Self.one
            whole += 1
        } else if fraction < 0 {
            fraction += Self.one
            whole -= 1
        }
    }

    package var isZero: Bool { whole == 0 && fraction == 0 }

    /// The text of a sum; nil for anything else.
    package init?(_ text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(
            separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ Self.isDigits($0) }),
            let whole = Int128(parts[0])
        else { return nil }
        let digits = parts.count == 2 ? parts[1] : "0"
        guard digits.utf8.count <= Self.places, let fine = Int128(digits) else { return nil }
        let fraction = fine * DecimalNumber.powerOfTen(Self.places - digits.utf8.count)
        carry(isNegative ? -whole : whole, isNegative ? -fraction : fraction)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        (1...30).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    package var description: String { formatted(minimumScale: 0) }

    /// With at least so many places: `formatted(minimumScale: 2)` of 80 is `80.00`.
    package func formatted(minimumScale: Int) -> String {
        let isNegative = whole < 0
        // The fraction counts upwards from `whole`, the text away from zero.
        let isBorrowed = isNegative && fraction > 0
        let shownWhole = isBorrowed ? whole + 1 : whole
        let shownFraction = isBorrowed ? Self.one - fraction : fraction
        return DecimalText.text(
            isNegative: isNegative, whole: shownWhole.magnitude, fraction: UInt64(shownFraction),
            minimumScale: minimumScale)
    }
}
