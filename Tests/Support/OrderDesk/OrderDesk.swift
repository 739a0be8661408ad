package import FlowEngineAPI
package import OrderStoreAPI
package import PaymentGatewayAPI
package import Primitives
package import RPCProtocol
import SupplierRulesAPI
package import TestHost

/// What a shop's clerk does with a running system: puts flows in, takes orders, takes payments, looks at what became of them.
package struct OrderDesk: Sendable {
    package static let flow = "OrderDemo-Jiyuan"

    package let system: FnfSystem

    package init(_ system: FnfSystem) { self.system = system }

    package var engine: any RPCCaller { system.caller(.flowEngine) }
    package var store: any RPCCaller { system.caller(.orderStore) }
    package var gateway: any RPCCaller { system.caller(.paymentGateway) }

    /// Puts the demo's flow in, byte for byte, or with single words replaced.
    package func applyFlow(_ name: String = flow, replacing: [(String, String)] = []) async throws {
        var text = Files.text(BuildProducts.orderDemoFlow) ?? ""
        for (old, new) in replacing {
            let parts = text.split(separator: old, omittingEmptySubsequences: false)
            precondition(parts.count > 1, "the flow has no \(old)")
            text = parts.joined(separator: new)
        }
        let definition = text
        _ = try await system.caller(.flowEngine, .admin).call(
            CreateFlow.self,
            .with {
                $0.name = name
                $0.definition = definition
            })
    }

    @discardableResult
    package func submit(
        _ number: String = makeUUID(from: LiveWorld()), supplier: String = "haidilao",
        total: DecimalNumber? = nil,
        flow: String? = nil
    ) async throws -> String {
        let order = try await store.call(
            SubmitOrder.self,
            .with {
                $0.orderNum = number
                $0.supplier = supplier
                $0.products = "beef,lotus root"
                $0.address = "West Lake 1"
                $0.total = total
                $0.flow = flow
            })
        return order.orderNum
    }

    @discardableResult
    package func pay(
        _ order: String, _ method: String, _ price: DecimalNumber = DecimalNumber(100)
    ) async throws -> PaymentRecord {
        try await gateway.call(
            PayOrder.self,
            .with {
                $0.orderNum = order
                $0.paymentMethod = method
                $0.price = price
            })
    }

    package func describe(_ order: String) async throws -> OrderRecord {
        try await store.call(DescribeOrder.self, .with { $0.orderNum = order })
    }

    /// The order once it is closed.
    package func closed(_ order: String) async throws -> OrderRecord {
        try await reaching(order) { $0.status.isClosed }
    }

    /// The order as soon as it is as wanted; told by the order store's own stream, again after a broken connection.
    package func reaching(
        _ order: String, _ isWanted: @escaping @Sendable (OrderRecord) -> Bool
    ) async throws -> OrderRecord {
        let found = Slot<OrderRecord>()
        while true {
            let outcome = await watch(order, found, isWanted)
            if let item = found.value { return item }
            switch outcome {
            case .success(let last):
                throw Missed(what: "order \(order) ended as \(last.status), not as wanted")
            case .failure(let failure): if !failure.isRetryable { throw failure }
            }
        }
    }

    private func watch(
        _ order: String, _ found: Slot<OrderRecord>, _ isWanted: @escaping @Sendable (OrderRecord) -> Bool
    ) async -> Result<OrderRecord, RPCFailure> {
        do throws(RPCFailure) {
            let last = try await store.stream(WatchOrder.self, .with { $0.orderNum = order }) { item in
                guard isWanted(item) else { return }
                found.set(item)
                throw Found()
            }
            if isWanted(last) { found.set(last) }
            return .success(last)
        } catch {
            return .failure(error)
        }
    }

    package func payment(of order: String) async throws -> PaymentRecord? {
        try await gateway.call(ListPayments.self, .with { $0.orderNum = order }).payments.first
    }

    /// The execution of an order once it has ended.
    package func ended(_ order: String, flow: String = flow) async throws -> ExecutionRecord {
        while true {
            switch await describeEnd(order, flow) {
            case .success(let execution): if !execution.stoppedTime.isEmpty { return execution }
            case .failure(let failure): if !failure.isRetryable { throw failure }
            }
        }
    }

    private func describeEnd(_ order: String, _ flow: String) async -> Result<ExecutionRecord, RPCFailure> {
        let params = DescribeExecution.Params.with {
            $0.flowName = flow
            $0.executionName = order
            $0.waitTimeSeconds = 30
        }
        do throws(RPCFailure) { return .success(try await engine.call(DescribeExecution.self, params)) } catch
        {
            return .failure(error)
        }
    }

    /// Returns once the history holds an event of this type and step.
    package func recorded(
        _ order: String, _ type: String, step: String, flow: String = flow
    ) async throws {
        let found = Slot<Bool>()
        do {
            _ = try await engine.stream(
                WatchExecution.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = order
                }
            ) { item in
                guard item.events.contains(where: { $0.type == type && $0.stepName == step }) else { return }
                found.set(true)
                throw Found()
            }
        } catch {
            if found.value == nil { throw error }
        }
        guard found.value != nil else { throw Missed(what: "\(order) ended without \(type) of \(step)") }
    }

    package func history(_ order: String, flow: String = flow) async throws -> [EventRecord] {
        try await engine.call(
            GetExecutionHistory.self,
            .with {
                $0.flowName = flow
                $0.executionName = order
                $0.limit = 1000
            }
        ).events
    }

    package func openTask(_ order: String, flow: String = flow) async throws -> OpenTask? {
        try await engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = flow
                $0.executionName = order
            }
        ).tasks.first
    }
}

package struct Missed: Error, CustomStringConvertible {
    package let what: String
    package var description: String { what }
}

private struct Found: Error {}
