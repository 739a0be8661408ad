import FlowEngineAPI
package import Primitives
import RPCProtocol
import Synchronization
package import WebPages

/// Follows the counts of the engine's executions, over one stream for all pages that are open, and rings at
/// the topic `activity`.
///
/// It begins with the first page that listens: until then nobody keeps the engine awake.
package final class ActivityWatch: Sendable {
    package static let topic = "activity"

    private let engine: any ServicePort
    private let hub: EventHub
    private let loop: any ServiceLoop
    private let following = Mutex<Task<Void, Never>?>(nil)

    package init(engine: any ServicePort, hub: EventHub, loop: any ServiceLoop) {
        self.engine = engine
        self.hub = hub
        self.loop = loop
    }

    package func begin() {
        following.withLock { following in
            if following != nil { return }
            following = KeptStream.keep(loop: loop) { [engine, hub] () async throws(RPCFailure) in
                _ = try await engine.follow(WatchActivity.self, .init()) { _ in hub.ring(Self.topic) }
            } broke: { [hub] _ in
                // The engine's end is news as well, and so is what happened meanwhile.
                hub.ring(Self.topic)
            }
        }
    }

    /// For the end of the process.
    package func end() { following.withLock { $0 }?.cancel() }
}
