import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `fnfctl product supplier`
struct ProductSupplier: Verb {
    static let configuration = CommandConfiguration(
        commandName: "supplier", abstract: "Puts a supplier into the catalogue or renames it.",
        discussion: """
            Which payment methods it offers is said by supplier rules: fnfctl supplier show SUPPLIER

            Example:
              fnfctl product supplier haidilao --name-en "Haidilao Hot Pot" --name-zh 海底捞火锅
            """)

    @Argument(help: ArgumentHelp("Its id, as supplier rules name it.", valueName: "supplier"))
    var supplier: String

    @Option(help: ArgumentHelp("Its English name.", valueName: "text")) var nameEn: String
    @Option(help: ArgumentHelp("Its Chinese name.", valueName: "text")) var nameZh: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            SetCatalogueSupplier.self,
            .with {
                $0.supplier = supplier
                $0.nameEn = nameEn
                $0.nameZh = nameZh
            }, on: .orderStore)
        session.show(ProductReport.supplier(record), as: form.output)
    }
}
