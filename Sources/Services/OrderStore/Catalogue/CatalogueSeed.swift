import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol

/// What the catalogue holds before anybody has edited it: four suppliers that `supplier-rules.d` gives
/// different payment methods. A released seed is never edited, like the migration that puts it in.
enum CatalogueSeed {
    static func put(into db: Database) throws {
        for (supplier, nameEn, nameZh, products) in suppliers {
            try CatalogueTable.set(
                db,
                CatalogueSupplier.with {
                    $0.supplier = supplier
                    $0.nameEn = nameEn
                    $0.nameZh = nameZh
                })
            for (product, nameEn, nameZh, price, picture) in products {
                guard let exact = DecimalNumber(price) else {
                    preconditionFailure("the price of \(product) is a decimal")
                }
                try CatalogueTable.set(
                    db,
                    ProductRecord.with {
                        $0.supplier = supplier
                        $0.product = product
                        $0.nameEn = nameEn
                        $0.nameZh = nameZh
                        $0.price = exact
                        $0.picture = picture
                    })
            }
        }
    }

    typealias Product = (String, en: String, zh: String, price: String, ProductPicture)

    static let suppliers: [(String, en: String, zh: String, [Product])] = [
        ("haidilao", "Haidilao Hot Pot", "海底捞火锅", hotPot),
        ("chunfeng", "Spring Breeze Tea House", "春风茶舍", teaHouse),
        ("laocheng", "Old Town Noodles", "老城面馆", noodleBar),
        ("jiangnan", "Jiangnan Kitchen", "江南小厨", kitchen),
    ]

    private static let hotPot: [Product] = [
        ("tomato-broth", "Tomato broth", "番茄锅底", "39.00", .soup),
        ("beef", "Marbled beef slices", "精品肥牛", "68.00", .beef),
        ("lamb", "Lamb shoulder rolls", "羔羊肩肉卷", "62.00", .lamb),
        ("shrimp-paste", "Hand-beaten shrimp paste", "手打虾滑", "58.00", .shrimp),
        ("lotus-root", "Sliced lotus root", "脆爽莲藕片", "18.00", .lotus),
        ("mushrooms", "Mixed mushrooms", "菌菇拼盘", "32.00", .mushroom),
        ("dancing-noodles", "Hand-pulled dancing noodles", "捞派捞面", "9.90", .noodles),
    ]

    private static let teaHouse: [Product] = [
        ("longjing", "West Lake Longjing tea", "西湖龙井", "48.00", .tea),
        ("osmanthus-oolong", "Osmanthus oolong", "桂花乌龙", "36.50", .tea),
        ("milk-tea", "Brown sugar milk tea", "黑糖奶茶", "19.90", .milk),
        ("plum-juice", "Sour plum juice", "冰镇酸梅汤", "15.00", .juice),
        ("mung-bean-cake", "Mung bean cake", "绿豆糕", "22.00", .cake),
        ("fruit-plate", "Seasonal fruit plate", "时令果盘", "39.00", .fruit),
    ]

    private static let noodleBar: [Product] = [
        ("beef-noodles", "Braised beef noodles", "红烧牛肉面", "32.00", .noodles),
        ("dandan-noodles", "Dan dan noodles", "担担面", "22.50", .noodles),
        ("dumplings", "Pork and chive dumplings", "韭菜猪肉水饺", "26.00", .dumplings),
        ("buns", "Steamed pork buns", "鲜肉大包", "12.00", .bun),
        ("scallion-pancake", "Scallion pancake", "葱油饼", "10.00", .pancake),
        ("tea-egg", "Tea egg", "五香茶叶蛋", "3.50", .egg),
    ]

    private static let kitchen: [Product] = [
        ("eight-treasure-duck", "Eight-treasure duck", "八宝鸭", "128.00", .duck),
        ("west-lake-fish", "West Lake fish in vinegar", "西湖醋鱼", "88.00", .fish),
        ("beggars-chicken", "Beggar's chicken", "叫花鸡", "98.00", .chicken),
        ("crab-tofu", "Tofu with crab roe", "蟹粉豆腐", "56.00", .tofu),
        ("fried-rice", "Yangzhou fried rice", "扬州炒饭", "28.00", .rice),
        ("bok-choy", "Stir-fried bok choy", "清炒小青菜", "24.00", .greens),
    ]
}
