import Primitives

/// How large the catalogue may grow: it is answered as a whole, so it stays within one reply.
struct CatalogueLimits: Sendable {
    static let standard = CatalogueLimits()

    /// As many as a person looks through.
    var suppliersMax = 32
    /// Of one supplier.
    var productsMax = 64
    /// Of the id of a supplier or a product. Units: characters.
    var idCharactersMax = 64
    /// A name, not a description. Units: bytes.
    var nameBytesMax = 120
    /// Excluded. With it no order of as many lines and pieces as are allowed has a total of too many digits.
    var priceLimit = DecimalNumber(1_000_000_000)
    /// What payments can be made in: a finer price could never be paid.
    var pricePlacesMax = 2
}
