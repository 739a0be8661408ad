import FlowEngineAPI
import OrderStoreAPI
import Primitives
import RPCProtocol

/// Bugs that sit between a service's methods and whoever calls them.
enum BuggyAnswers {
    /// Answers in a method's place; `body` is the method.
    typealias Answer =
        @Sendable (JSONValue, RPCContext, @escaping HandlerTable.Unary) async throws(RPCError) -> JSONValue

    /// What stands before a method of the service with the bug that is on; nil: nothing.
    static func before(_ method: String, of service: String, _ around: SimulatedSurroundings) -> Answer? {
        let bugs = around.system.bugs
        switch (service, method) {
        case (ServiceName.orders, SubmitOrder.name) where bugs.isOn(.earlyAnswer): return early(around)
        case (ServiceName.orders, RecordPayment.name) where bugs.isOn(.emptyAnswer):
            return { (params, _, _) throws(RPCError) in params }
        case (ServiceName.engine, ReportTaskSucceeded.name) where bugs.isOn(.doubleReport): return acceptLate
        default: return nil
        }
    }

    /// A submission is carried out 30 ms after it was answered.
    private static func early(_ around: SimulatedSurroundings) -> Answer {
        { (params, context, body) throws(RPCError) in
            let asked: SubmitOrder.Params
            do throws(WireFault) { asked = try SubmitOrder.Params(wire: params, strict: true) } catch {
                throw error.rpcError
            }
            _ = around.loop.after(.milliseconds(30)) {
                around.loop.spawn { _ = try? await body(params, context) }
            }
            return OrderRecord.with {
                $0.orderNum = asked.orderNum
                $0.supplier = asked.supplier
                $0.products = asked.products
                $0.address = asked.address
                $0.flow = OrderServiceBuilds.flow
                $0.submittedTime = "2026-01-01T00:00:00.000Z"
            }.wire
        }
    }

    /// A report that comes too late is answered as if it had been taken.
    private static let acceptLate: Answer = { (params, context, body) throws(RPCError) in
        do throws(RPCError) { return try await body(params, context) } catch {
            guard error.name == .taskAlreadyCompleted, let event = error.details["eventId"] else {
                throw error
            }
            return ["EventId": event]
        }
    }
}
