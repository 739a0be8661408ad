import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import ServiceLedger
import Synchronization

/// An outbox with one peer, and what it told its owner.
struct Sending: Sendable {
    let ledger: Ledger
    let peer: Peer
    let way: UnsteadyCaller
    let outbox: Outbox
    let told: Told

    final class Told: Sendable {
        private let state = Mutex((answers: [String](), troubles: [String](), refusingAnswers: 0))

        /// `text: result` or `text: name of the error`.
        var answers: [String] { state.withLock { $0.answers } }
        var troubles: [String] { state.withLock { $0.troubles } }

        func trouble(_ text: String) { state.withLock { $0.troubles.append(text) } }

        /// So many answers can't be handled.
        func refuseAnswers(_ count: Int) { state.withLock { $0.refusingAnswers = count } }

        func answer(_ text: String) throws {
            try state.withLock { state in
                if state.refusingAnswers > 0 {
                    state.refusingAnswers -= 1
                    throw RPCError.unavailable("the answer can't be handled now")
                }
                state.answers.append(text)
            }
        }
    }

    init(_ ledger: Ledger, peer: Peer? = nil) {
        let peer = peer ?? Peer(ledger.loop)
        let told = Told()
        way = peer.caller
        outbox = Outbox(
            ledger.store, loop: ledger.loop, callers: ["peer": way],
            onTrouble: { message, reason in told.trouble("\(message.textSent): \(reason)") },
            onAnswer: { db, message, answer in
                switch answer {
                case .result: try told.answer("\(message.textSent): result")
                case .refused(let error): try told.answer("\(message.textSent): \(error.name.text)")
                }
                try db.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [message.textSent])
                return {}
            })
        self.ledger = ledger
        self.peer = peer
        self.told = told
    }

    /// Commits one message for each text; `a1` and `a2` are of the subject `a`.
    @discardableResult
    func promise(_ texts: [String]) async throws -> [Int64] {
        let now = ledger.loop.now
        return try await ledger.store.write { db in
            try texts.map { text in
                try OutboxMessage.enqueue(
                    db, target: "peer", Peer.Put.self, .with { $0.text = text }, idempotencyKey: text,
                    subject: String(text.prefix(1)), labels: ["order": .string(text)], at: now
                ).id
            }
        }
    }

    /// Waits on the loop until the owner was told so many answers.
    func untilAnswered(_ count: Int) async {
        let told = told
        await ledger.loop.until { told.answers.count >= count }
    }

    func untilPeer(_ holds: @escaping @Sendable (isolated Peer) -> Bool) async {
        let peer = peer
        await ledger.loop.until { peer.assumeIsolated { holds($0) } }
    }
}

extension OutboxMessage {
    var textSent: String { params["text"]?.stringValue ?? "" }
}
