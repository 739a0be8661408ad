import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `fnfctl product list`
struct ProductList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what can be ordered, by supplier.",
        discussion: "Example:\n  fnfctl product list --supplier haidilao", aliases: ["ls"])

    @Option(help: ArgumentHelp("Only what this one sells.", valueName: "name")) var supplier: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            ListCatalogue.self, .with { $0.supplier = supplier }, on: .orderStore)
        session.show(ProductReport.list(answer), as: form.output)
    }
}
