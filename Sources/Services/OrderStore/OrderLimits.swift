/// How long the texts of an order may be.
struct OrderLimits: Sendable {
    static let standard = OrderLimits()

    /// As long as the name of an execution, because the order's number is one. Units: characters.
    var numberCharactersMax = 128
    /// A name, not a description. Units: bytes.
    var supplierBytesMax = 256
    /// Some hundred products: the text travels through every step of the flow. Units: bytes.
    var productsBytesMax = 8192
    /// More lines than a person checks before paying; each bears its names and price.
    var itemsMax = 50
    /// Of one product: more is a typing error.
    var quantityMax: Int64 = 99
    /// A few lines. Units: bytes.
    var addressBytesMax = 2048
    /// More methods than a person would look through.
    var methodsMax = 32
    /// Units: bytes.
    var methodBytesMax = 64
}
