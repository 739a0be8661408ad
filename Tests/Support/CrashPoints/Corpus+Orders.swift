import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

extension Corpus {
    /// The seed order through the four services, each with a disk of its own.
    ///
    /// - Parameter definition: docs/examples/order-demo.yaml.
    package static func order(_ definition: String) -> CrashScenario {
        CrashScenario(
            name: "the seed order through all services", flows: [(OrderHosts.flow, definition)],
            runsOrders: true,
            play: { (client) async throws(RPCError) in
                try await submit(client)
                try await pay(client)
                try await waitUntilClosed(client)
                await client.follow(OrderHosts.flow, number)
            }, executions: [(OrderHosts.flow, number)])
    }

    private static let number = "order-1"

    private static func submit(_ client: PersistentClient) async throws(RPCError) {
        _ = try await client.insist(
            SubmitOrder.self,
            .with {
                $0.orderNum = number
                $0.supplier = "haidilao"
                $0.products = "beef,lotus root"
                $0.address = "West Lake 1"
            }, at: OrderHosts.store)
    }

    private static func described(_ client: PersistentClient) async throws(RPCError) -> OrderRecord {
        try await client.insist(DescribeOrder.self, .with { $0.orderNum = number }, at: OrderHosts.store)
    }

    /// When it is known what is on offer, as a buyer does.
    private static func pay(_ client: PersistentClient) async throws(RPCError) {
        while try await described(client).paymentMethods.isEmpty { await client.pause(.milliseconds(20)) }
        _ = try await client.insist(
            PayOrder.self,
            .with {
                $0.orderNum = number
                $0.paymentMethod = "zhifubao"
                $0.price = DecimalNumber(100)
            }, at: OrderHosts.gateway)
    }

    private static func waitUntilClosed(_ client: PersistentClient) async throws(RPCError) {
        while true {
            let order = try await described(client)
            if order.status.isClosed {
                if order.status != .completed {
                    client.town.fault("the order ended as \(order.status): \(order.reason ?? "")")
                }
                return
            }
            await client.pause(.milliseconds(100))
        }
    }
}
