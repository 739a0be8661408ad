package import Primitives
import PaymentGatewayAPI
import RPCProtocol

/// The price list of the gateway: what is charged is price × factor of the method.
///
/// Units: `minorUnits` is the number of digits after the point that a price may have and a charge has.
package struct Discounts: Sendable, Hashable {
    /// 6 places leave 12 digits before the point.
    package static let minorUnitsRange = 0...6

    package let factors: [String: DecimalNumber]
    package let minorUnits: Int

    /// - Parameter minorUnits: within `minorUnitsRange`.
    package init(factors: [String: DecimalNumber], minorUnits: Int) {
        self.factors = factors
        self.minorUnits = minorUnits
    }

    /// What is charged, half a unit rounded away from zero. Throws `UnknownPaymentMethod`, `InvalidPayment`.
    func amount(of price: DecimalNumber, by method: String) throws(RPCError) -> DecimalNumber {
        guard let factor = factors[method] else {
            let known = factors.keys.sorted().joined(separator: ", ")
            throw RPCError(
                .unknownPaymentMethod,
                "nothing is charged by \(method): the gateway's discounts name \(known)",
                details: ["paymentMethod": .string(method)])
        }
        guard let amount = price.multiplied(by: factor, roundedTo: minorUnits) else {
            throw RPCError(.invalidPayment, "the price \(price) has too many digits to be charged")
        }
        return amount
    }

    /// Throws `InvalidPayment` for what is not positive or finer than the smallest coin.
    func check(_ price: DecimalNumber) throws(RPCError) {
        guard price.isPositive else { throw RPCError(.invalidPayment, "the price \(price) is not positive") }
        guard price.multiplied(by: DecimalNumber(1), roundedTo: minorUnits) == price else {
            throw RPCError(
                .invalidPayment, "the price \(price) has more than \(minorUnits) digits after the point")
        }
    }
}
