import Logging
import Primitives
import RPCProtocol
import ServiceLedger

/// When a key was used last is not worth a sync for each request: it is written once a while for all.
extension AccessDesk {
    static let lastUseDelay = Duration.seconds(60)

    func noteUse(of id: String) {
        keys[id]?.lastUsed = world.now
        usedKeys.insert(id)
        guard useTimer == nil else { return }
        useTimer = loop.after(Self.lastUseDelay) {
            self.assumeIsolated { desk in
                desk.useTimer = nil
                desk.loop.spawn { await desk.writeLastUse() }
            }
        }
    }

    func writeLastUse() async {
        let used = usedKeys.compactMap { id in keys[id]?.lastUsed.map { (id, $0) } }
        usedKeys = []
        guard !used.isEmpty else { return }
        do {
            try await store.write { db in
                for (id, time) in used { try AccessKeyTable(db: db).setLastUsed(id, time) }
            }
        } catch {
            logger.warning("when access keys were used last can't be written: \(error.message)")
        }
    }
}
