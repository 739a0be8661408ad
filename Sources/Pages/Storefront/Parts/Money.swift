import Primitives

/// Money as the shop writes it: exact, with two digits after the point.
enum Money {
    static let places = 2

    static func text(_ amount: DecimalNumber) -> String { "¥" + amount.formatted(minimumScale: places) }

    static func text(_ sum: DecimalSum) -> String { "¥" + sum.formatted(minimumScale: places) }

    /// Of one line of an order; nil beyond what a decimal holds.
    static func amount(_ price: DecimalNumber, times quantity: Int64) -> DecimalNumber? {
        price.multiplied(by: DecimalNumber(quantity), roundedTo: DecimalNumber.digitsMax)
    }

    /// What is taken off a price; nil when nothing is.
    static func discount(from price: DecimalNumber, to charged: DecimalNumber) -> DecimalNumber? {
        guard charged < price else { return nil }
        var sum = DecimalSum(price)
        sum.subtract(charged)
        return DecimalNumber(sum.description)
    }
}
