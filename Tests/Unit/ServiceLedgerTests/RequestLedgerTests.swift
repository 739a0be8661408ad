import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestLedgerTests {
    let params: JSONValue = ["order": "o-1", "price": "80"]

    /// Asks for one change under a key; the change itself is a note.
    func ask(
        _ ledger: Ledger, scope: String = "Charge", key: String = "k", _ params: JSONValue, answer: String
    ) async throws(RPCError) -> (reply: String, isRepeat: Bool) {
        let now = ledger.loop.now
        return try await ledger.store.write { db in
            try RequestLedger.once(db, scope: scope, key: key, params: params, at: now) { db in
                try db.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [answer])
                return answer
            }
        }
    }

    @Test func `a repeat is answered as the first and changes nothing, also after a crash`() async throws {
        let ledger = try Ledger()
        let first = try await ask(ledger, params, answer: "first")
        #expect(first == ("first", false))
        let restarted = try await ledger.afterCrash()
        let second = try await ask(restarted, params, answer: "second")
        #expect(second == ("first", true))
        #expect(try await restarted.notes() == ["first"])
    }

    @Test func `other params under the same key are a conflict`() async throws {
        let ledger = try Ledger()
        _ = try await ask(ledger, params, answer: "first")
        let refusal = await #expect(throws: RPCError.self) {
            try await ask(ledger, ["order": "o-2"], answer: "second")
        }
        #expect(refusal?.name == .idempotencyConflict)
        #expect(refusal?.details["key"] == "k")
        #expect(try await ledger.notes() == ["first"])
    }

    @Test func `the same key in another scope is another change`() async throws {
        let ledger = try Ledger()
        _ = try await ask(ledger, params, answer: "first")
        let other = try await ask(ledger, scope: "Refund", params, answer: "second")
        #expect(other == ("second", false))
    }

    @Test func `a refusal is not recorded, so that the same request may succeed later`() async throws {
        let ledger = try Ledger()
        let (now, params) = (ledger.loop.now, params)
        await #expect(throws: RPCError.self) {
            try await ledger.store.write { db in
                try RequestLedger.once(db, scope: "Charge", key: "k", params: params, at: now) {
                    _ -> String in
                    throw RPCError.unavailable("not now")
                }
            }
        }
        let later = try await ask(ledger, params, answer: "later")
        #expect(later == ("later", false))
    }

    @Test func `two of one key in one commit are one change`() async throws {
        let ledger = try Ledger()
        try await ledger.inOneTick(
            (1...2).map { number in { _ = try? await ask(ledger, params, answer: "answer \(number)") } })
        #expect(try await ledger.notes() == ["answer 1"])
    }

    @Test func `answers are kept for seven days, then forgotten`() async throws {
        let ledger = try Ledger()
        _ = try await ask(ledger, params, answer: "first")
        await ledger.loop.advance(by: RequestLedger.keptFor)
        #expect(try await forget(ledger) == 0)
        await ledger.loop.advance(by: .seconds(1))
        #expect(try await forget(ledger) == 1)
        let again = try await ask(ledger, params, answer: "second")
        #expect(again == ("second", false))
    }

    private func forget(_ ledger: Ledger) async throws -> Int {
        let now = ledger.loop.now
        return try await ledger.store.write { try RequestLedger.forget($0, at: now) }
    }
}
