import FlowEngineAPI
import OrderStoreAPI
import RPCProtocol
import Synchronization

/// The engine and order-store as supplier-rules sees them: they keep what they were told.
final class Peers: Sendable {
    struct Told: Sendable, Hashable {
        let text: String
        let key: String?
    }

    private struct State {
        var submitted: [String: String] = [:]
        var combinations: [Told] = []
        var successes: [Told] = []
        var failures: [Told] = []
        var orderRefusal: RPCError?
        var reportRefusal: RPCError?
    }

    private let state = Mutex(State())

    /// Each combination that order-store was told.
    var combinations: [Told] { state.withLock { $0.combinations } }
    /// The output of each report.
    var successes: [Told] { state.withLock { $0.successes } }
    /// The error's name of each report.
    var failures: [Told] { state.withLock { $0.failures } }

    func add(_ orderNum: String, submitted time: String) { state.withLock { $0.submitted[orderNum] = time } }

    func refuseOrders(_ name: RPCErrorName?) {
        state.withLock { $0.orderRefusal = name.map { RPCError($0, "not this order") } }
    }

    func refuseReports(_ name: RPCErrorName?) {
        state.withLock { $0.reportRefusal = name.map { RPCError($0, "not this task") } }
    }

    var orderStore: HandlerTable {
        var table = HandlerTable()
        table.on(DescribeOrder.self) { (params, _) throws(RPCError) in
            guard let time = self.state.withLock({ $0.submitted[params.orderNum] }) else {
                throw RPCError(.orderNotExists, "there is no order \(params.orderNum)")
            }
            return .with { $0.submittedTime = time }
        }
        table.on(SetPaymentCombination.self) { (params, context) throws(RPCError) in
            if let refusal = self.state.withLock({ $0.orderRefusal }) { throw refusal }
            let told = Told(text: params.paymentcombination, key: context.meta.idempotencyKey)
            self.state.withLock { $0.combinations.append(told) }
            return .with { $0.orderNum = params.orderNum }
        }
        return table
    }

    var engine: HandlerTable {
        var table = HandlerTable()
        table.on(ReportTaskSucceeded.self) { (params, context) throws(RPCError) in
            if let refusal = self.state.withLock({ $0.reportRefusal }) { throw refusal }
            let told = Told(text: params.output, key: context.meta.idempotencyKey)
            self.state.withLock { $0.successes.append(told) }
            return .with { $0.eventId = 7 }
        }
        table.on(ReportTaskFailed.self) { (params, context) throws(RPCError) in
            if let refusal = self.state.withLock({ $0.reportRefusal }) { throw refusal }
            let told = Told(text: params.error, key: context.meta.idempotencyKey)
            self.state.withLock { $0.failures.append(told) }
            return .with { $0.eventId = 7 }
        }
        return table
    }
}
