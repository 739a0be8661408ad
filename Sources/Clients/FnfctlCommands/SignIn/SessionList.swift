import ArgumentParser
import FlowWebAPI
import Primitives
import RPCProtocol

/// `fnfctl session list`
struct SessionList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the browsers that are signed in, and as whom.",
        discussion: "Example:\n  fnfctl session list", aliases: ["ls"])

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (sessions, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListSessions.self,
                .with {
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowWeb)
            return (page.sessions, page.nextToken)
        }
        session.show(SessionReport.list(sessions, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, sessions.count, session)
    }
}
