import ArgumentParser
import OrderStoreAPI
import Primitives
import RPCProtocol

/// `fnfctl product set`
struct ProductSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Puts a product into the catalogue or replaces it.",
        discussion: """
            Orders keep the names and prices they were made with.

            Examples:
              fnfctl product set haidilao tripe --name-en "Beef tripe" --name-zh 鲜毛肚 --price 48 --picture beef
              fnfctl product set haidilao beef --name-en Beef --name-zh 肥牛 --price 68 --sold-out
            """)

    @Argument(help: ArgumentHelp("Who sells it.", valueName: "supplier")) var supplier: String

    @Argument(help: ArgumentHelp("Its id: letters, digits, _ and -.", valueName: "product"))
    var product: String

    @Option(help: ArgumentHelp("Its English name.", valueName: "text")) var nameEn: String
    @Option(help: ArgumentHelp("Its Chinese name.", valueName: "text")) var nameZh: String
    @Option(help: ArgumentHelp("Of one piece, before discount.", valueName: "decimal")) var price:
        DecimalNumber
    @Option(help: ArgumentHelp("What its picture shows.", valueName: "word")) var picture: ProductPicture =
        .dish
    @Flag(help: "Show it, and take no orders for it.") var soldOut = false
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            SetProduct.self,
            .with {
                $0.supplier = supplier
                $0.product = product
                $0.nameEn = nameEn
                $0.nameZh = nameZh
                $0.price = price
                $0.picture = picture
                $0.available = !soldOut
            }, on: .orderStore)
        session.show(ProductReport.one(record), as: form.output)
    }
}
