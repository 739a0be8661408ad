import ArgumentParser
import FlowWebAPI
import Primitives
import RPCProtocol

/// `fnfctl key list`
struct KeyList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the access keys and when each was used last; never a secret.",
        discussion: "Example:\n  fnfctl key list", aliases: ["ls"])

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (keys, isCut) = try await pages.collect(pageMax: 1000) { (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListAccessKeys.self,
                .with {
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowWeb)
            return (page.accessKeys, page.nextToken)
        }
        session.show(KeyReport.list(keys, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, keys.count, session)
    }
}
