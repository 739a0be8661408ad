import OrderStoreAPI
import Primitives
import RPCProtocol
import WebPages

/// The form of a dish as somebody filled it in.
struct ProductDraft: Sendable {
    /// Units: bytes. As order-store takes them.
    static let nameBytesMax = 120
    static let idCharactersMax = 64

    var product = ""
    var nameEn = ""
    var nameZh = ""
    var price = ""
    var picture = ProductPicture.dish
    var isAvailable = true

    init() {}

    init(of record: ProductRecord) {
        product = record.product
        nameEn = record.nameEn
        nameZh = record.nameZh
        price = record.price.formatted(minimumScale: Money.places)
        picture = record.picture
        isAvailable = record.available
    }

    init(_ request: PageRequest) {
        product = request.field("product")
        nameEn = request.field("nameEn")
        nameZh = request.field("nameZh")
        price = request.field("price")
        picture = ProductPicture(rawValue: request.field("picture")) ?? .dish
        isAvailable = request.field("available") == "yes"
    }

    /// By the name of the field.
    func faults(_ language: Language) -> [String: String] {
        var faults: [String: String] = [:]
        if !CatalogueName.isOne(product) { faults["product"] = CatalogueName.rule(language) }
        for (field, text) in [("nameEn", nameEn), ("nameZh", nameZh)] {
            faults[field] = CatalogueName.fault(inTitle: text, language)
        }
        if let number = DecimalNumber(price), number.isPositive {
            let hundredths = number.multiplied(by: DecimalNumber(1), roundedTo: Money.places)
            if hundredths != number {
                faults["price"] = language("At most two digits after the point.", "最多两位小数。")
            }
        } else {
            faults["price"] = language("A price above 0, like 68 or 9.50.", "请填写大于 0 的价格，如 68 或 9.50。")
        }
        return faults
    }

    func params(of supplier: String, price: DecimalNumber) -> SetProduct.Params {
        .with {
            $0.supplier = supplier
            $0.product = product
            $0.nameEn = nameEn
            $0.nameZh = nameZh
            $0.price = price
            $0.picture = picture
            $0.available = isAvailable
        }
    }
}

/// What suppliers and dishes can be called.
enum CatalogueName {
    static func isOne(_ text: String) -> Bool {
        text.utf8.count <= ProductDraft.idCharactersMax && OrderNumber.isOne(text)
    }

    static func rule(_ language: Language) -> String {
        language(
            "1 to \(ProductDraft.idCharactersMax) letters, digits, _ or -.",
            "1 到 \(ProductDraft.idCharactersMax) 个字母、数字、_ 或 -。")
    }

    static func fault(inTitle text: String, _ language: Language) -> String? {
        if text.isEmpty { return language("Please fill this in.", "请填写。") }
        guard text.utf8.count > ProductDraft.nameBytesMax else { return nil }
        return language(
            "At most \(ProductDraft.nameBytesMax) bytes.", "最多 \(ProductDraft.nameBytesMax) 字节。")
    }
}
