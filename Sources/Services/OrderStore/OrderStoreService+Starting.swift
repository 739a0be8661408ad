import FlowEngineAPI
import GRDB
import Logging
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// How the execution of an order is started, and what the engine's answer does to the order.
extension OrderStoreService {
    func makeOutbox() -> Outbox {
        Outbox(
            store, loop: loop, world: world, callers: [Self.engineName: engine],
            // Somebody may put the flow in at any time.
            isFinal: { message, error in
                error.name != .flowNotExists && Outbox.endsMessage(message, error)
            },
            onTrouble: { [weak self] message, reason in
                self?.assumeIsolated { $0.troubled(message, reason) }
            },
            onAnswer: { [weak self, world, book] db, message, answer in
                let change = try OrderStoreError.answering {
                    try Self.settle(db, book, message, answer, at: world.now)
                }
                var hasEnded = false
                if case .refused(let error) = answer { hasEnded = error.saysThatItEnded }
                return { [weak self, hasEnded] in
                    await self?.settled(message.subject, change)
                    if hasEnded { await self?.followEnd(message.subject) }
                }
            })
    }

    /// The engine's answer, in the transaction that removes the message.
    private static func settle(
        _ db: Database, _ book: OrderBook, _ message: OutboxMessage, _ answer: OutboxAnswer,
        at now: Timestamp
    ) throws -> Change {
        let number = message.subject
        if case .refused(let error) = answer, !error.isAbout(message.params) {
            let why = error.refusal(of: message.params)
            return try book.apply(db, number, at: now) { try $0.refuse(because: why, at: now) }
        }
        return try book.apply(db, number, at: now) { $0.start() }
    }

    private func settled(_ number: String, _ change: Change) {
        troubles[number] = nil
        troublesLogged = []
        announce(change)
    }

    /// The engine's feed tells the end too, unless it was followed beyond it before: then this is the one
    /// word of it.
    private func followEnd(_ number: String) async {
        guard let order = try? find(number), order.isStarted else { return }
        do throws(RPCFailure) { try await reconcile(order) } catch {
            logger.notice(
                "how the execution ended is left to the engine's feed: \(error)",
                metadata: ["order": "\(number)"])
        }
    }

    private func troubled(_ message: OutboxMessage, _ reason: String) {
        let flow = message.params["FlowName"]?.stringValue ?? ""
        let trouble =
            reason.hasPrefix("\(RPCErrorName.flowNotExists.text):")
            ? "the flow \(flow) does not exist; put it in by `fnfctl flow apply -f FILE --name \(flow)`"
            : "the flow-engine has not taken it yet: \(reason)"
        troubles[message.subject] = trouble
        if troublesLogged.insert(trouble).inserted {
            logger.warning(
                "an execution can't be started, trying on: \(trouble)",
                metadata: [
                    "order": "\(message.subject)", "execution": "\(message.subject)", "flow": "\(flow)",
                ])
        }
        publish(message.subject)
    }
}

extension RPCError {
    /// Whether the execution that exists already is the one that was to be started: it was given the same
    /// input.
    fileprivate func isAbout(_ params: JSONValue) -> Bool {
        guard name == .executionAlreadyExists else { return false }
        guard let input = details["input"]?.stringValue, let asked = params["Input"]?.stringValue else {
            return true
        }
        if input == asked { return true }
        guard let one = try? JSONParser.parse(input), let other = try? JSONParser.parse(asked) else {
            return false
        }
        return one == other
    }

    /// Whether the execution that exists already has come to its end.
    fileprivate var saysThatItEnded: Bool {
        name == .executionAlreadyExists
            && ExecutionEnd(status: details["status"]?.stringValue ?? "", error: nil, cause: nil) != nil
    }

    fileprivate func refusal(of params: JSONValue) -> String {
        guard name == .executionAlreadyExists else { return "the flow-engine refused to start it: \(self)" }
        let flow = params["FlowName"]?.stringValue ?? ""
        return "flow \(flow) already has an execution of this name with another input; "
            + "submit the order under another number"
    }
}
