import Logging
import Primitives
import RPCProtocol
import ServiceLedger

/// When a browser was seen last is not worth a sync for each request: it is written once a while for all.
extension SessionDesk {
    static let lastSeenDelay = Duration.seconds(60)

    func noteSeen(_ mark: String) {
        guard sessions[mark] != nil else { return }
        sessions[mark]?.lastSeen = world.now
        seen.insert(mark)
        guard seenTimer == nil else { return }
        seenTimer = loop.after(Self.lastSeenDelay) {
            self.assumeIsolated { desk in
                desk.seenTimer = nil
                desk.loop.spawn { await desk.writeLastSeen() }
            }
        }
    }

    func writeLastSeen() async {
        let seen = seen.compactMap { mark in sessions[mark].map { (mark, $0.lastSeen) } }
        self.seen = []
        guard !seen.isEmpty else { return }
        do {
            try await store.write { db in
                for (mark, time) in seen { try SessionTable(db: db).setLastSeen(mark, time) }
            }
        } catch {
            access.logger.warning("when browsers were seen last can't be written: \(error.message)")
        }
    }
}
