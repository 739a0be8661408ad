package import Primitives
import Synchronization

/// Tells pages that something changed: topics that are rung, and those who listen at them.
///
/// A ring says no more than that; the page then asks for its parts anew. So rings that come while a listener
/// is busy are one, nothing is buffered, and a listener costs a few words.
package final class EventHub: Sendable {
    private struct State {
        var topics: [String: Set<Int>] = [:]
        var listeners: [Int: EventListener] = [:]
        var made = 0
    }

    private let loop: any ServiceLoop
    /// How many may listen at once, over all topics.
    package let listenersMax: Int
    private let state = Mutex(State())

    /// - Parameter listenersMax: as many as the HTTP listener has connections, so that each may listen.
    package init(loop: any ServiceLoop, listenersMax: Int = 16_384) {
        self.loop = loop
        self.listenersMax = listenersMax
    }

    package var count: Int { state.withLock { $0.listeners.count } }

    /// Nil: there are as many listeners as there may be.
    func listen(to topic: String) -> EventListener? {
        state.withLock { state in
            guard state.listeners.count < listenersMax else { return nil }
            state.made += 1
            let listener = EventListener(id: state.made, topic: topic, loop: loop)
            state.listeners[listener.id] = listener
            state.topics[topic, default: []].insert(listener.id)
            return listener
        }
    }

    func leave(_ listener: EventListener) {
        state.withLock { state in
            state.listeners[listener.id] = nil
            state.topics[listener.topic]?.remove(listener.id)
            if state.topics[listener.topic]?.isEmpty == true { state.topics[listener.topic] = nil }
        }
    }

    /// - Parameter isLast: nothing changes there any more, so the listeners may go.
    package func ring(_ topic: String, isLast: Bool = false) {
        let listeners = state.withLock { state in
            (state.topics[topic] ?? []).compactMap { state.listeners[$0] }
        }
        for listener in listeners { listener.ring(isLast: isLast) }
    }

    /// After a gap in what is known: anything may have changed.
    package func ringAll() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.ring(isLast: false) }
    }
}

/// Somebody who waits for rings at one topic.
final class EventListener: Sendable {
    enum Ring: Sendable { case change, end, quiet, canceled }

    private struct State {
        var isRung = false
        var isOver = false
        var waiting: CheckedContinuation<Ring, Never>?
        var timer: (any LoopTimer)?
    }

    let id: Int
    let topic: String
    private let loop: any ServiceLoop
    private let state = Mutex(State())

    init(id: Int, topic: String, loop: any ServiceLoop) {
        self.id = id
        self.topic = topic
        self.loop = loop
    }

    func ring(isLast: Bool) {
        state.withLock { state in
            state.isRung = true
            if isLast { state.isOver = true }
        }
        wake(isLast ? .end : .change)
    }

    /// The next ring, or `quiet` when none has come for so long.
    func next(within patience: Duration) async -> Ring {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Ring? = state.withLock { state in
                    if Task.isCancelled { return .canceled }
                    if state.isRung {
                        state.isRung = false
                        return state.isOver ? .end : .change
                    }
                    state.waiting = continuation
                    return nil
                }
                if let known { return continuation.resume(returning: known) }
                let timer = loop.after(patience) { [weak self] in self?.wake(.quiet) }
                let isLate = state.withLock { state in
                    if state.waiting != nil { state.timer = timer }
                    return state.waiting == nil
                }
                if isLate { timer.cancel() }
            }
        } onCancel: {
            wake(.canceled)
        }
    }

    private func wake(_ ring: Ring) {
        let (waiting, timer) = state.withLock { state in
            let woken = (state.waiting, state.timer)
            if woken.0 != nil {
                (state.waiting, state.timer) = (nil, nil)
                if ring == .change || ring == .end { state.isRung = false }
            }
            return woken
        }
        guard let waiting else { return }
        timer?.cancel()
        waiting.resume(returning: ring)
    }
}
