/// An exact decimal: `coefficient × 10^-scale`. Money is never a binary float.
///
/// Shape: on the wire and in databases a string such as `"100"`, `"79.90"`; no exponent, no sign but `-`.
package struct DecimalNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 18 digits keep the coefficient inside Int64.
    package static let digitsMax = 18

    /// Always without trailing zeros, so equal values are equal.
    let coefficient: Int64
    let scale: Int

    package static let zero = DecimalNumber(coefficient: 0, scale: 0)

    package init(_ integer: Int64) { self.init(coefficient: integer, scale: 0) }

    private init(coefficient: Int64, scale: Int) {
        var coefficient = coefficient
        var scale = scale
        while scale > 0, coefficient % 10 == 0 {
            coefficient /= 10
            scale -= 1
        }
        self.coefficient = coefficient
        self.scale = scale
    }

    /// Digits with at most one point; nil for anything else or more than `digitsMax` digits.
    package init?(_ text: String) {
        var coefficient: Int64 = 0
        var scale = 0
        var digits = 0
        var sawPoint = false
        var bytes = text.utf8[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes.removeFirst() }
        guard let first = bytes.first, let last = bytes.last, first != UInt8(ascii: "."),
            last != UInt8(ascii: ".")
        else {
            return nil
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "."):
                guard !sawPoint else { return nil }
                sawPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                guard digits <= Self.digitsMax else { return nil }
                coefficient = coefficient * 10 + Int64(byte - UInt8(ascii: "0"))
                if sawPoint { scale += 1 }
            default: return nil
            }
        }
        self.init(coefficient: negative ? -coefficient : coefficient, scale: scale)
    }

    package var description: String { formatted(minimumScale: 0) }

    /// With at least so many places: `formatted(minimumScale: 2)` of 80 is `80.00`.
    package func formatted(minimumScale: Int) -> String {
        if scale == 0, minimumScale <= 0 { return String(coefficient) }
        let unit = UInt64(Self.powerOfTen(scale))
        let rest = coefficient.magnitude % unit * UInt64(Self.powerOfTen(Self.digitsMax - scale))
        return DecimalText.text(
            isNegative: coefficient < 0, whole: UInt128(coefficient.magnitude / unit), fraction: rest,
            minimumScale: minimumScale)
    }

    package var isPositive: Bool { coefficient > 0 }

    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        let (leftWide, rightWide) = aligned(left, right)
        return leftWide < rightWide
    }

    private static func aligned(_ left: DecimalNumber, _ right: DecimalNumber) -> (Int128, Int128) {
        let scale = max(left.scale, right.scale)
        return (left.widened(to: scale), right.widened(to: scale))
    }

    private func widened(to scale: Int) -> Int128 {
        Int128(coefficient) * Self.powerOfTen(scale - self.scale)
    }

    static func powerOfTen(_ exponent: Int) -> Int128 { powersOfTen[exponent] }

    /// As many as a product of two decimals can need.
    private static let powersOfTen: [Int128] = (0...2 * digitsMax).reduce(into: []) { powers, _ in
        powers.append((powers.last.map { $0 * 10 }) ?? 1)
    }

    /// nil when the result has more than `digitsMax` digits.
    package func adding(_ other: DecimalNumber) -> DecimalNumber? {
        let (left, right) = Self.aligned(self, other)
        return Self(wide: left + right, scale: max(scale, other.scale))
    }

    /// The product rounded half away from zero to `places`; nil when it has more than `digitsMax` digits.
    package func multiplied(by other: DecimalNumber, roundedTo places: Int) -> DecimalNumber? {
        let product = Int128(coefficient) * Int128(other.coefficient)
        let productScale = scale + other.scale
        guard productScale > places else { return Self(wide: product, scale: productScale) }
        let divisor = Self.powerOfTen(productScale - places)
        let half = product < 0 ? -divisor / 2 : divisor / 2
        return Self(wide: (product + half) / divisor, scale: places)
    }

    private init?(wide: Int128, scale: Int) {
        var wide = wide
        var scale = scale
        while scale > 0, wide % 10 == 0 {
            wide /= 10
            scale -= 1
        }
        guard wide.magnitude < Self.powerOfTen(Self.digitsMax).magnitude else { return nil }
        self.init(coefficient: Int64(wide), scale: scale)
    }
}
