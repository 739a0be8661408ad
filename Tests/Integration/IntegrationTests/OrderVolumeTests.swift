import FlowEngineAPI
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    @Suite(.serialized) struct OrderVolumeTests {
        static let methods = ["zhifubao", "weixin", "unionpay"]

        /// Prices of which no two are equal, so that a payment of another order would be seen.
        static func price(_ index: Int) -> DecimalNumber {
            DecimalNumber("\(100 + index).\(index % 10)\((index / 10) % 10)") ?? .zero
        }

        @Test
        func `two hundred orders at once are each completed with their own payment, and all sums are equal`()
            async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<200 {
                        group.addTask {
                            let number = try await desk.submit("bulk-\(index)", supplier: "xibei")
                            try await desk.pay(number, Self.methods[index % 3], Self.price(index))
                            let order = try await desk.closed(number)
                            #expect(order.status == .completed)
                            #expect(order.paymentMethod == Self.methods[index % 3])
                        }
                    }
                    try await group.waitForAll()
                }
                try Self.expectEqualSums(system)
            }
        }

        static func expectEqualSums(_ system: FnfSystem) throws {
            var expected = DecimalNumber.zero
            for index in 0..<200 {
                let factor = DecimalNumber(methods[index % 3] == "zhifubao" ? "0.8" : "1") ?? .zero
                let charge = try #require(price(index).multiplied(by: factor, roundedTo: 2))
                expected = try #require(expected.adding(charge))
            }
            let stored = try sum(system.database(of: .orderStore).rows("SELECT price AS amount FROM orders"))
            let charged = try sum(system.database(of: .paymentGateway).rows("SELECT amount FROM charges"))
            #expect(stored == expected)
            #expect(charged == expected)
        }

        static func sum(_ rows: [JSONObject]) throws -> DecimalNumber {
            #expect(rows.count == 200)
            var total = DecimalNumber.zero
            for row in rows {
                let amount = try #require(row["amount"]?.stringValue.flatMap { DecimalNumber($0) })
                total = try #require(total.adding(amount))
            }
            return total
        }
    }
}
