import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `fnfctl product remove-supplier`
struct ProductRemoveSupplier: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove-supplier",
        abstract: "Takes a supplier and all it sells out of the catalogue; orders keep them.",
        discussion: "Example:\n  fnfctl product remove-supplier chunfeng")

    @Argument(help: ArgumentHelp("Its id.", valueName: "supplier")) var supplier: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            RemoveCatalogueSupplier.self, .with { $0.supplier = supplier }, on: .orderStore)
        session.note(
            answer.removed
                ? "\(supplier) and what it sells are out of the catalogue"
                : "the catalogue has no supplier \(supplier): nothing to do")
    }
}
