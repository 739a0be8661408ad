import FlowEngineAPI
import HTMLMarkup
import HTTPMessage
package import Primitives
import RPCProtocol
import Synchronization
package import WebPages

/// Follows the executions whose pages are open, one stream of the engine for each, however many browsers look
/// at it; ends it when nobody does any more.
package final class ExecutionWatches: Sendable {
    private struct Watch {
        var lookers: Int
        var isOver = false
        var task: Task<Void, Never>?
    }

    private struct Key: Hashable {
        let flow: String
        let name: String

        var topic: String { "execution/\(flow)/\(name)" }
    }

    /// How far behind an event the services' own lines of it are in the journal at the latest: pages ask once
    /// more then.
    private static let linesBehind = Duration.milliseconds(500)

    /// So many streams of the engine may be open for pages.
    package let countMax: Int
    private let engine: any ServicePort
    private let hub: EventHub
    private let loop: any ServiceLoop
    private let watches = Mutex<[Key: Watch]>([:])

    package init(engine: any ServicePort, hub: EventHub, loop: any ServiceLoop, countMax: Int = 256) {
        self.engine = engine
        self.hub = hub
        self.loop = loop
        self.countMax = countMax
    }

    /// Streams that are open now.
    package var count: Int { watches.withLock { $0.count } }

    /// Whether a page of this execution can be told of changes.
    package func hasRoom(flow: String, name: String) -> Bool {
        watches.withLock { $0.count < countMax || $0[Key(flow: flow, name: name)] != nil }
    }

    /// The event stream of an execution's page.
    ///
    /// Throws: `Problem`, when there are too many already.
    package func answer(flow: String, name: String, _ language: Language) throws(Problem) -> PageAnswer {
        let key = Key(flow: flow, name: name)
        guard hasRoom(flow: flow, name: name),
            case .events(let write) = try hub.answer(to: key.topic, language)
        else {
            throw Problem(
                503, "Too many executions are watched",
                "At most \(countMax) executions are followed at a time. This page does not update by itself.",
                advice: "Load it again to see what is new.")
        }
        return .events { [self] sink in
            guard join(key) else { return try await sink.write(ServerSentEvent("end").bytes) }
            defer { leave(key) }
            try await write(sink)
        }
    }

    private func join(_ key: Key) -> Bool {
        let isFirst: Bool? = watches.withLock { watches in
            if let watch = watches[key] {
                guard !watch.isOver else { return nil }
                watches[key]?.lookers += 1
                return false
            }
            guard watches.count < countMax else { return nil }
            watches[key] = Watch(lookers: 1)
            return true
        }
        guard let isFirst else { return false }
        if isFirst { follow(key) }
        return true
    }

    private func leave(_ key: Key) {
        let task = watches.withLock { watches -> Task<Void, Never>? in
            watches[key]?.lookers -= 1
            guard let watch = watches[key], watch.lookers <= 0 else { return nil }
            watches[key] = nil
            return watch.task
        }
        task?.cancel()
    }

    private func follow(_ key: Key) {
        let last = Mutex<Int64>(0)
        let task = KeptStream.keep(loop: loop) { [self] () async throws(RPCFailure) in
            _ = try await engine.follow(
                WatchExecution.self,
                .with {
                    $0.flowName = key.flow
                    $0.executionName = key.name
                    $0.afterEventId = last.withLock { $0 }
                }
            ) { [hub, loop] item in
                if let newest = item.events.last?.eventId { last.withLock { $0 = newest } }
                hub.ring(key.topic)
                _ = loop.after(Self.linesBehind) { hub.ring(key.topic) }
            }
            end(key)
        } broke: { [hub] _ in
            hub.ring(key.topic)
        }
        let isLate = watches.withLock { watches in
            watches[key]?.task = task
            return watches[key] == nil
        }
        if isLate { task.cancel() }
    }

    /// The execution has ended: nothing will change any more. Who connected in this very moment is told
    /// again.
    private func end(_ key: Key) {
        hub.ring(key.topic, isLast: true)
        _ = loop.after(.seconds(2)) { [hub] in hub.ring(key.topic, isLast: true) }
        let task = watches.withLock { watches in
            watches[key]?.isOver = true
            return watches[key]?.task
        }
        task?.cancel()
    }
}
