import OrderStoreAPI
import Primitives
import RPCProtocol

/// What the catalogue takes. Throws: `invalidProduct`, with the parameter and the rule.
enum CatalogueRules {
    static func product(
        _ params: SetProduct.Params, limits: CatalogueLimits = .standard
    ) throws(OrderStoreError) -> ProductRecord {
        try id("supplier", params.supplier, limits)
        try id("product", params.product, limits)
        try name("nameEn", params.nameEn, limits)
        try name("nameZh", params.nameZh, limits)
        guard params.price.isPositive, params.price < limits.priceLimit else {
            throw .invalidProduct(
                "price", "must be more than 0 and less than \(limits.priceLimit), found \(params.price)")
        }
        let places = limits.pricePlacesMax
        guard params.price.multiplied(by: DecimalNumber(1), roundedTo: places) == params.price else {
            throw .invalidProduct(
                "price", "has more than \(places) digits after the point: \(params.price)")
        }
        return .with {
            $0.product = params.product
            $0.supplier = params.supplier
            $0.nameEn = params.nameEn
            $0.nameZh = params.nameZh
            $0.price = params.price
            $0.picture = params.picture
            $0.available = params.available
        }
    }

    static func supplier(
        _ params: SetCatalogueSupplier.Params, limits: CatalogueLimits = .standard
    ) throws(OrderStoreError) -> CatalogueSupplier {
        try id("supplier", params.supplier, limits)
        try name("nameEn", params.nameEn, limits)
        try name("nameZh", params.nameZh, limits)
        return .with {
            $0.supplier = params.supplier
            $0.nameEn = params.nameEn
            $0.nameZh = params.nameZh
        }
    }

    private static func id(
        _ parameter: String, _ text: String, _ limits: CatalogueLimits
    ) throws(OrderStoreError) {
        guard text.isPlainName(charactersMax: limits.idCharactersMax) else {
            throw .invalidProduct(
                parameter,
                "must be 1 to \(limits.idCharactersMax) letters, digits, '_' or '-', found \"\(text)\"")
        }
    }

    private static func name(
        _ parameter: String, _ text: String, _ limits: CatalogueLimits
    ) throws(OrderStoreError) {
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw .invalidProduct(parameter, "must not be empty")
        }
        guard text.utf8.count <= limits.nameBytesMax else {
            throw .invalidProduct(
                parameter, "has \(text.utf8.count) bytes, at most \(limits.nameBytesMax) are allowed")
        }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .invalidProduct(parameter, "must be one line without control characters")
        }
    }
}
