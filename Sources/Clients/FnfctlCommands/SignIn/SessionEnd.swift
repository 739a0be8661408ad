import ArgumentParser
import FlowWebAPI
import RPCProtocol

/// `fnfctl session end`
struct SessionEnd: Verb {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "Signs browsers out at once; their keys stay as they are.",
        discussion: """
            Examples:
              fnfctl session end 0123456789ab
              fnfctl session end --all
            """)

    @Argument(help: ArgumentHelp("The sessions, as the list shows them.", valueName: "id")) var ids:
        [String] = []
    @Flag(help: "Everybody.") var all = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if ids.isEmpty != all { throw ValidationError("Name the sessions, or give --all.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        guard all else {
            for id in ids { try await end(id, peers, session) }
            return
        }
        // Page after page from the beginning: those of the page before are gone.
        while true {
            let page = try await peers.call(ListSessions.self, .with { $0.limit = 1000 }, on: .flowWeb)
            if page.sessions.isEmpty { break }
            for one in page.sessions {
                do throws(CommandFailure) { try await end(one.sessionID, peers, session) } catch {
                    // It ended by itself meanwhile.
                    guard error.errorName == .sessionNotExists else { throw error }
                }
            }
        }
    }

    private func end(_ id: String, _ peers: Peers, _ session: Session) async throws(CommandFailure) {
        _ = try await peers.call(EndSession.self, .with { $0.sessionID = id }, on: .flowWeb)
        session.write("session \(id) ended\n")
    }
}
