import HTTPMessage
import LoopSupport
import Primitives
import Synchronization
import Testing

@testable import WebPages

@Suite struct EventHubTests {
    /// Takes what is written, and lets the test wait for so much of it.
    final class Sink: WebBodySink {
        private let state = Mutex<(text: String, waiting: (String, CheckedContinuation<Void, Never>)?)>(
            ("", nil))

        var text: String { state.withLock { $0.text } }

        func write(_ bytes: [UInt8]) async throws {
            let woken: CheckedContinuation<Void, Never>? = state.withLock { state in
                state.text += String(decoding: bytes, as: UTF8.self)
                guard let waiting = state.waiting, state.text == waiting.0 else { return nil }
                state.waiting = nil
                return waiting.1
            }
            woken?.resume()
        }

        func until(_ text: String) async {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.text != text { state.waiting = (text, continuation) }
                    return state.text == text
                }
                if isThere { continuation.resume() }
            }
        }
    }

    private static let change = "event: change\ndata: \n\n"
    private static let end = "event: end\ndata: \n\n"
    private let loop = TestLoop()

    private func listen(_ hub: EventHub, _ topic: String, _ sink: Sink) throws -> Task<Void, any Error> {
        guard case .events(let write) = try hub.answer(to: topic, .english) else { throw CancellationError() }
        return Task { try await write(sink) }
    }

    @Test func `a page hears of its topic and of no other, until the end`() async throws {
        let hub = EventHub(loop: loop)
        let (one, other) = (Sink(), Sink())
        let first = try listen(hub, "order 1", one)
        let second = try listen(hub, "order 2", other)
        await one.until(Self.change)
        await other.until(Self.change)
        hub.ring("order 1")
        await one.until(Self.change + Self.change)
        hub.ring("order 1", isLast: true)
        await one.until(Self.change + Self.change + Self.end)
        try await first.value
        hub.ringAll()
        await other.until(Self.change + Self.change)
        second.cancel()
        try await second.value
        #expect(hub.count == 0)
    }

    @Test func `rings while a listener is busy are one`() async throws {
        let hub = EventHub(loop: loop)
        let listener = try #require(hub.listen(to: "x"))
        for _ in 1...100 { hub.ring("x") }
        #expect(await listener.next(within: .seconds(1)) == .change)
        let next = Task { await listener.next(within: .seconds(3600)) }
        next.cancel()
        #expect(await next.value == .canceled)
    }

    @Test func `no more may listen than there is room for`() throws {
        let hub = EventHub(loop: loop, listenersMax: 1)
        let listener = try #require(hub.listen(to: "x"))
        #expect(hub.listen(to: "y") == nil)
        #expect(throws: Problem.self) { try hub.answer(to: "x", .english) }
        hub.leave(listener)
        #expect(hub.listen(to: "y") != nil)
    }
}
