package import RPCProtocol

extension RPCErrorName {
    package static let invalidPayment: Self = "InvalidPayment"
    /// A second payment with other content than the first.
    package static let paymentConflict: Self = "PaymentConflict"
    package static let methodNotOffered: Self = "MethodNotOffered"
    package static let unknownPaymentMethod: Self = "UnknownPaymentMethod"
}
