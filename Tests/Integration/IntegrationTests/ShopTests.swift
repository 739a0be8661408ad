import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Synchronization
import TestHost
import Testing

extension Integration {
    /// What a buyer and a merchant see of an order of the catalogue, with the demo's flow behind it.
    @Suite(.serialized, .timeLimit(.minutes(5))) struct ShopTests {
        @Test func `an order of items is quoted, paid at its price only, and adds up for the merchant`()
            async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let catalogue = try await desk.store.call(ListCatalogue.self, .init())
                let supplier = try #require(catalogue.suppliers.first)
                let wanted = supplier.products.prefix(2)
                let order = try await desk.store.call(
                    SubmitOrder.self,
                    .with {
                        $0.orderNum = "shop-1"
                        $0.supplier = supplier.supplier
                        $0.address = "West Lake 1"
                        $0.items = wanted.map { product in
                            .with {
                                $0.product = product.product
                                $0.quantity = 3
                            }
                        }
                    })
                let total = try #require(order.total)
                var sum = DecimalSum()
                for product in wanted { for _ in 1...3 { sum.add(product.price) } }
                #expect(DecimalSum(total) == sum)

                _ = try await desk.reaching("shop-1") { $0.status == .awaitingPayment }
                let quote = try await desk.gateway.call(QuotePayment.self, .with { $0.orderNum = "shop-1" })
                #expect(quote.payable && quote.total == total)
                let offered = try await system.caller(.supplierRules).call(
                    DescribeSupplier.self, .with { $0.supplier = supplier.supplier })
                #expect(quote.quotes.map(\.paymentMethod) == offered.paymentMethods)
                let cheaper = try #require(
                    quote.quotes.first { ($0.charged ?? total) < total && $0.fault == nil })

                let wrong = await #expect(throws: RPCFailure.self) {
                    try await desk.pay("shop-1", cheaper.paymentMethod, try #require(cheaper.charged))
                }
                #expect(wrong?.answer?.name == "PriceMismatch")
                _ = try await desk.pay("shop-1", cheaper.paymentMethod, total)
                let closed = try await desk.closed("shop-1")
                #expect(closed.status == .completed)
                #expect(closed.price == cheaper.charged)
                #expect(closed.items == order.items)
                try await checkSums(desk, closed)
            }
        }

        private func checkSums(_ desk: OrderDesk, _ order: OrderRecord) async throws {
            let (total, charged) = (try #require(order.total), try #require(order.price))
            let orders = try await desk.store.call(
                SummarizeOrders.self, .with { $0.supplier = order.supplier })
            #expect(orders.sums.filter { $0.count > 0 }.map(\.status) == [.completed])
            #expect(orders.sums.map(\.total).contains(DecimalSum(total)))
            #expect(orders.sums.map(\.charged).contains(DecimalSum(charged)))
            let payments = try await desk.gateway.call(SummarizePayments.self, .init()).sums
            #expect(payments.map(\.state) == [.charged])
            #expect(payments.first?.price == DecimalSum(total))
            #expect(payments.first?.charged == DecimalSum(charged))
            let sequence = orders.sequence
            #expect(sequence == Int64(order.changes.count))
        }

        @Test func `the suppliers of the catalogue offer different methods`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                var offers: Set<[String]> = []
                let known = try await desk.gateway.call(ListPaymentMethods.self, NoFields()).methods
                for supplier in try await desk.store.call(ListCatalogue.self, .init()).suppliers {
                    let offer = try await system.caller(.supplierRules).call(
                        DescribeSupplier.self, .with { $0.supplier = supplier.supplier }
                    ).paymentMethods
                    #expect(Set(offer).isSubset(of: known.map(\.paymentMethod)))
                    offers.insert(offer)
                }
                #expect(offers.count == 4)
            }
        }

        @Test func `the feed of all orders goes on over a killed order-store without gap or repeat`()
            async throws
        {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let order = try await desk.submit()
                _ = try await desk.reaching(order) { $0.status == .awaitingPayment }
                let before = try await changes(desk, after: 0, count: 3)
                try await system.killAndWait(.orderStore)
                _ = try await desk.pay(order, "weixin")
                _ = try await desk.closed(order)
                let after = try await changes(desk, after: before.last?.sequence ?? 0, count: 2)
                #expect((before + after).map(\.sequence) == [1, 2, 3, 4, 5])
                #expect(after.map(\.status) == [.paid, .completed])
            }
        }

        private func changes(
            _ desk: OrderDesk, after sequence: Int64, count: Int
        ) async throws -> [WatchOrders.Item] {
            let seen = Mutex<[WatchOrders.Item]>([])
            do throws(RPCFailure) {
                _ = try await desk.store.stream(
                    WatchOrders.self, .with { $0.afterSequence = sequence }
                ) { item in
                    let seenCount = seen.withLock { items in
                        items.append(item)
                        return items.count
                    }
                    if seenCount == count { throw Enough() }
                }
            } catch {
                if seen.withLock({ $0.count }) != count { throw error }
            }
            return seen.withLock { $0 }
        }

        private struct Enough: Error {}
    }
}
