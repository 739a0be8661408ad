import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `fnfctl product remove`
struct ProductRemove: Verb {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Takes a product out of the catalogue; orders keep it.",
        discussion: "Example:\n  fnfctl product remove haidilao tripe", aliases: ["rm"])

    @Argument(help: ArgumentHelp("Who sells it.", valueName: "supplier")) var supplier: String
    @Argument(help: ArgumentHelp("Its id.", valueName: "product")) var product: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            RemoveProduct.self,
            .with {
                $0.supplier = supplier
                $0.product = product
            }, on: .orderStore)
        session.note(
            answer.removed
                ? "\(supplier) sells \(product) no more"
                : "\(supplier) does not sell \(product): nothing to do")
    }
}
