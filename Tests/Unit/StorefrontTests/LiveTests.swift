import HTTPMessage
import LoopSupport
import Primitives
import Synchronization
import Testing
import WebPages

@Suite struct LiveTests {
    /// Counts what a browser would be told.
    final class Ear: WebBodySink {
        private let heard = Mutex("")

        var changes: Int { heard.withLock { $0.ranges(of: "event: change").count } }
        var hasEnded: Bool { heard.withLock { $0.contains("event: end") } }

        func write(_ bytes: [UInt8]) async throws {
            heard.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
    }

    private func listen(_ town: Town, _ path: String, as role: VisitorRole? = nil) async throws -> (
        Ear, Task<Void, any Error>
    ) {
        let answer = await town.get(path, as: role)
        guard case .stream(let write) = answer.body else { throw CancellationError() }
        let ear = Ear()
        return (ear, Task { try await write(ear) })
    }

    @Test func `an order's page hears of its changes until it is closed, and the board of all of them`()
        async throws
    {
        let town = try await Town()
        let number = try await town.order()
        let (ear, listening) = try await listen(town, "/shop/orders/\(number)/events")
        let (board, watching) = try await listen(town, "/shop/merchant/events", as: .read)
        while ear.changes < 1 || board.changes < 1 { await Task.yield() }
        _ = await town.pay(number, "weixin", charged: "136")
        try await listening.value
        #expect(ear.hasEnded)
        #expect(ear.changes >= 1)
        let before = board.changes
        try await town.order("chunfeng", ["longjing": "1"])
        while board.changes == before { await Task.yield() }
        watching.cancel()
        try await watching.value
    }

    @Test func `whoever may not see the board does not hear of it`() async throws {
        let town = try await Town()
        #expect(await town.get("/shop/merchant/events").status == 303)
    }
}
