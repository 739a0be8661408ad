import ArgumentParser
import FlowWebAPI
import Primitives
import RPCProtocol

/// `fnfctl key enable`
struct KeyEnable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Lets an access key in again.",
        discussion: "Example:\n  fnfctl key enable LTAI5tShop")

    @Argument(help: ArgumentHelp("The key's id.", valueName: "id")) var id: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let key = try await global.peers(session).call(
            EnableAccessKey.self, .with { $0.accessKeyID = id }, on: .flowWeb)
        session.show(KeyReport.one(key, now: session.world.now), as: form.output)
    }
}
