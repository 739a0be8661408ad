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
    package let labels: [String: MethodLabel]

    /// - Parameter minorUnits: within `minorUnitsRange`.
    package init(
        factors: [String: DecimalNumber], minorUnits: Int,
        labels: [String: MethodLabel] = MethodLabel.standard
    ) {
        self.factors = factors
        self.minorUnits = minorUnits
        self.labels = labels
    }

    /// How the method is shown; nil for one that nothing is charged by.
    func record(_ method: String) -> PaymentMethodRecord? {
        guard let factor = factors[method] else { return nil }
        let rest = factor.multiplied(by: DecimalNumber(-100), roundedTo: DecimalNumber.digitsMax)
        return .with {
            $0.paymentMethod = method
            $0.labelEn = labels[method]?.en ?? method
            $0.labelZh = labels[method]?.zh ?? method
            $0.factor = factor
            // A factor above 1 is a surcharge: less than nothing off.
            $0.percentOff = rest.flatMap { DecimalNumber(100).adding($0) } ?? .zero
        }
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
