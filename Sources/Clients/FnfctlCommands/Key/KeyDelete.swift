import ArgumentParser
import FlowWebAPI
import RPCProtocol

/// `fnfctl key delete`
struct KeyDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes an access key; it is let in no more.",
        discussion: "Example:\n  fnfctl key delete LTAI5tShop", aliases: ["rm"])

    @Argument(help: ArgumentHelp("The key's id.", valueName: "id")) var id: String
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteAccessKey.self, .with { $0.accessKeyID = id }, on: .flowWeb)
        session.write("access key \(id) deleted\n")
    }
}
