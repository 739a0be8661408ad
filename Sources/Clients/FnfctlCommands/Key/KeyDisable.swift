import ArgumentParser
import FlowWebAPI
import Primitives
import RPCProtocol

/// `fnfctl key disable`
struct KeyDisable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Keeps an access key but lets it in no more, from the next request on.",
        discussion: "Example:\n  fnfctl key disable LTAI5tShop")

    @Argument(help: ArgumentHelp("The key's id.", valueName: "id")) var id: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let key = try await global.peers(session).call(
            DisableAccessKey.self, .with { $0.accessKeyID = id }, on: .flowWeb)
        session.show(KeyReport.one(key, now: session.world.now), as: form.output)
    }
}
