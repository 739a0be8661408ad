package import RPCProtocol

extension RPCErrorName {
    package static let invalidOrder: Self = "InvalidOrder"
    package static let orderNotExists: Self = "OrderNotExists"
    /// The same order number with other content, or a change that the order's status does not allow.
    package static let orderConflict: Self = "OrderConflict"
    package static let orderClosed: Self = "OrderClosed"
    package static let priceMismatch: Self = "PriceMismatch"
}
