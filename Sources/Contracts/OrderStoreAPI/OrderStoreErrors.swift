package import RPCProtocol

extension RPCErrorName {
    package static let invalidOrder: Self = "InvalidOrder"
    package static let orderNotExists: Self = "OrderNotExists"
    /// The same order number with other content, or a change that the order's status does not allow.
    package static let orderConflict: Self = "OrderConflict"
    package static let orderClosed: Self = "OrderClosed"
    package static let priceMismatch: Self = "PriceMismatch"
    /// What a product or a supplier of the catalogue can't be.
    package static let invalidProduct: Self = "InvalidProduct"
    /// The catalogue has no such supplier.
    package static let supplierNotExists: Self = "SupplierNotExists"
    /// The feed of changes can't be followed from there: read the present state, and follow from now on.
    package static let sequenceNotKept: Self = "SequenceNotKept"
}
