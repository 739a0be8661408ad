import FlowEngineAPI
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger
import SupplierRulesAPI

/// The decision for one task, as the ledger keeps it. No methods: no rule matched.
private struct Offer: WireRecord {
    var paymentMethods: [String] = []
    var rule = ""

    static let fields: [WireField<Offer>] = [
        .required("paymentMethods", \.paymentMethods), .required("rule", \.rule),
    ]
}

extension SupplierRulesService {
    /// A peer that takes longer than this is answered for as unavailable, and the engine delivers again.
    private static let peerPatienceMs: Int64 = 10_000
    /// Old decisions are swept away together: more of them each time than were added since. Units: decisions,
    /// rows.
    private static let sweptEvery: Int64 = 64
    private static let sweptRowsMax = 256

    /// Decides, tells order-store, then the engine. Each of the three is repeated under the same key until
    /// all have answered; the first decision is the one that counts.
    func generate(_ params: GenerateInfo.Params, _ context: RPCContext) async throws(RPCError) -> NoFields {
        try check(params)
        let key = context.meta.task?.key ?? "token:\(params.taskToken)"
        let meta = RPCMeta(
            deadlineMs: Self.peerPatienceMs, idempotencyKey: key, labels: ["order": .string(params.orderNum)])
        do throws(TaskFault) {
            let offer = try await offer(params, key, meta)
            guard !offer.paymentMethods.isEmpty else {
                throw .fails(
                    "NoRuleMatches", "no supplier rule matches an order of supplier \(params.supplier)")
            }
            let combination = offer.paymentMethods.joined(separator: ",")
            try await tellOrderStore(params.orderNum, combination, meta)
            try await succeed(params, combination, meta)
        } catch {
            switch error {
            case .later(let answer): throw answer
            case .fails(let name, let cause): try await fail(params.taskToken, name, cause, meta)
            }
        }
        return NoFields()
    }

    /// Why a task is not reported as done: it can't be now, or it never can.
    private enum TaskFault: Error {
        case later(RPCError)
        case fails(_ error: String, _ cause: String)

        /// order-store did not do what it was asked.
        init(_ failure: RPCFailure) {
            if let answer = failure.finalAnswer {
                self = .fails(answer.name.text, answer.message)
            } else {
                self = .later(
                    failure == .canceled ? failure.rpcError : Self.unavailable("order-store", failure))
            }
        }

        static func unavailable(_ peer: String, _ failure: RPCFailure) -> RPCError {
            .unavailable("\(peer) has not answered (\(failure)); the same task is to be delivered again")
        }
    }

    private func check(_ params: GenerateInfo.Params) throws(RPCError) {
        for (name, value) in [
            ("taskToken", params.taskToken), ("orderNum", params.orderNum), ("supplier", params.supplier),
        ] where value.isEmpty {
            throw RPCError(.invalidParams, "\(name) is empty", details: ["path": .string(name)])
        }
    }

    private func offer(
        _ params: GenerateInfo.Params, _ key: String, _ meta: RPCMeta
    ) async throws(TaskFault) -> Offer {
        let (scope, wire, now) = (GenerateInfo.name, params.wire, world.now)
        do {
            let decision: RuleBook.Decision
            if let known = book.decide(OrderFacts(params), tracing: false) {
                decision = known
            } else {
                // Before another service is asked: the decision may have been made.
                let recorded = try store.read { db in
                    try RequestLedger.reply(db, scope: scope, key: key, params: wire)
                }
                if let recorded { return try Offer(wire: recorded, strict: false) }
                decision = try await decideByTime(params, meta)
            }
            let fresh = Offer.with {
                $0.paymentMethods = decision.paymentMethods
                $0.rule = decision.rule
            }
            decisionsMade += 1
            let isTimeToSweep = decisionsMade % Self.sweptEvery == 0
            let (offer, isRepeat) = try await store.write { db in
                let answer = try RequestLedger.once(
                    db, scope: scope, key: key, params: wire, at: now
                ) { _ in fresh }
                if isTimeToSweep { try RequestLedger.forget(db, at: now, limit: Self.sweptRowsMax) }
                return answer
            }
            if !isRepeat { metrics.add(Self.decisions) }
            return offer
        } catch let error as TaskFault {
            throw error
        } catch let error as RPCError {
            throw .later(error)
        } catch {
            throw .later(RPCError(.internalFault, "the recorded decision can't be read: \(error)"))
        }
    }

    /// The time of an order is asked for only when a rule that matches in all else depends on it.
    private func decideByTime(
        _ params: GenerateInfo.Params, _ meta: RPCMeta
    ) async throws(TaskFault) -> RuleBook.Decision {
        var facts = OrderFacts(params)
        let order: OrderRecord
        do {
            order = try await orderStore.call(
                DescribeOrder.self,
                .with {
                    $0.orderNum = params.orderNum
                    $0.withoutChanges = true
                }, meta: meta)
        } catch {
            throw TaskFault(error)
        }
        facts.time = localTime(Timestamp(rfc3339: order.submittedTime) ?? world.now)
        return book.decide(facts, tracing: false) ?? RuleBook.Decision()
    }

    private func tellOrderStore(
        _ orderNum: String, _ combination: String, _ meta: RPCMeta
    ) async throws(TaskFault) {
        let params = SetPaymentCombination.Params.with {
            $0.orderNum = orderNum
            $0.paymentcombination = combination
        }
        // The order that it answers with is of no use here.
        do { _ = try await orderStore.call(SetPaymentCombination.name, params.wire, meta: meta) } catch {
            throw TaskFault(error)
        }
    }

    private func succeed(
        _ params: GenerateInfo.Params, _ combination: String, _ meta: RPCMeta
    ) async throws(TaskFault) {
        let output: JSONValue = [
            "orderNum": .string(params.orderNum), "paymentcombination": .string(combination),
        ]
        let report = ReportTaskSucceeded.Params.with {
            $0.taskToken = params.taskToken
            $0.output = output.text
        }
        do { _ = try await engine.call(ReportTaskSucceeded.self, report, meta: meta) } catch {
            if let refusal = Self.refusal(error) { throw .later(refusal) }
        }
    }

    private func fail(
        _ token: String, _ error: String, _ cause: String, _ meta: RPCMeta
    ) async throws(RPCError) {
        let report = ReportTaskFailed.Params.with {
            $0.taskToken = token
            $0.error = error
            $0.cause = String(cause.prefix(4096))
        }
        do { _ = try await engine.call(ReportTaskFailed.self, report, meta: meta) } catch {
            if let refusal = Self.refusal(error) { throw refusal }
        }
    }

    /// What the engine's answer to a report means for this task's caller; nil when the task has ended anyway.
    private static func refusal(_ failure: RPCFailure) -> RPCError? {
        if failure == .canceled { return failure.rpcError }
        guard let answer = failure.finalAnswer else { return TaskFault.unavailable("flow-engine", failure) }
        return answer.name == .taskAlreadyCompleted ? nil : answer
    }
}

extension OrderFacts {
    fileprivate init(_ params: GenerateInfo.Params) {
        self.init(supplier: params.supplier, products: params.products, address: params.address)
    }
}

extension RPCFailure {
    /// The answer, unless time or an administrator may mend it.
    fileprivate var finalAnswer: RPCError? {
        let mendable: Set<RPCErrorName> = [
            .internalFault, .methodNotFound, .accessDenied, .deadlineExceeded, .canceled, .resourceThrottled,
            .serviceUnavailable, .resultTooLarge,
        ]
        guard let answer, !answer.retryable, !mendable.contains(answer.name) else { return nil }
        return answer
    }
}
