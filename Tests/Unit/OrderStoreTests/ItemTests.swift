import FlowEngineAPI
import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@testable import OrderStore

@Suite(.timeLimit(.minutes(1)))
struct ItemTests {
    private static func items(_ wanted: [(String, Int64)]) -> [OrderItem] {
        wanted.map { product, quantity in
            .with {
                $0.product = product
                $0.quantity = quantity
            }
        }
    }

    @discardableResult
    private func order(
        _ bench: Bench, _ wanted: [(String, Int64)] = [("beef", 2), ("dancing-noodles", 1)],
        number: String = "o-1", _ edit: (inout SubmitOrder.Params) -> Void = { _ in }
    ) async throws -> OrderRecord {
        try await bench.submit(number) {
            $0.products = ""
            $0.items = Self.items(wanted)
            edit(&$0)
        }
    }

    @Test func `an order of items bears their names, prices and exact sum`() async throws {
        let bench = try await Bench()
        let order = try await order(bench)
        #expect(order.products == "beef,dancing-noodles")
        #expect(order.total == DecimalNumber("145.90"))
        #expect(order.items.map(\.product) == ["beef", "dancing-noodles"])
        #expect(order.items.map(\.quantity) == [2, 1])
        #expect(order.items.map(\.nameZh) == ["精品肥牛", "捞派捞面"])
        #expect(order.items.map(\.amount.description) == ["136", "9.9"])
        await bench.until { $0.started }
        let input = try #require(await bench.engine.executions["o-1"]).input
        #expect(input.contains(#""products":"beef,dancing-noodles""#))
        #expect(try await bench.afterCrash().order().items == order.items)
    }

    @Test func `a later edit of the catalogue changes no order, and a repeat is the same order`() async throws
    {
        let bench = try await Bench(way: .down)
        let first = try await order(bench)
        let admin = InProcessCaller(OrderStoreMethods.table(of: bench.service), door: .admin)
        _ = try await admin.call(
            SetProduct.self,
            .with {
                $0 = SetProduct.exampleParams
                $0.price = DecimalNumber(1)
                $0.nameEn = "Other"
            })
        _ = try await admin.call(
            RemoveProduct.self,
            .with {
                $0.supplier = "haidilao"
                $0.product = "dancing-noodles"
            })
        #expect(try await bench.order().items == first.items)
        #expect(try await order(bench).total == first.total)
        #expect(try await order(bench) { $0.total = first.total }.items == first.items)
        #expect(try await order(bench) { $0.products = first.products }.items == first.items)
        #expect(await refusal { try await order(bench) { $0.total = DecimalNumber(1) } } == .orderConflict)
        #expect(await refusal { try await order(bench, [("beef", 2)]) } == .orderConflict)
        #expect(await refusal { try await bench.submit() } == .orderConflict)
        #expect(try await bench.number("SELECT count(*) FROM orders") == 1)
    }

    @Test func `what can't be ordered is refused at its place with the way out`() async throws {
        let bench = try await Bench()
        _ = try await InProcessCaller(OrderStoreMethods.table(of: bench.service), door: .admin).call(
            SetProduct.self,
            .with {
                $0 = SetProduct.exampleParams
                $0.available = false
            })
        let cases: [([(String, Int64)], path: String, words: String)] = [
            ([("lamb", 1), ("caviar", 1)], "items[1].product", "fnfctl product list --supplier haidilao"),
            ([("longjing", 1)], "items[0].product", "chunfeng does: order it there"),
            ([("beef", 1)], "items[0].product", "can't be ordered now"),
            ([("lamb", 0)], "items[0].quantity", "1 to 99"),
            ([("lamb", 100)], "items[0].quantity", "1 to 99"),
            ([("lamb", 1), ("lamb", 2)], "items[1].product", "items[0] already"),
            ([("", 1)], "items[0].product", "fnfctl product list"),
            ([], "items", "1 to 50"),
            ((0...50).map { ("p-\($0)", 1) }, "items", "1 to 50"),
        ]
        for (wanted, path, words) in cases {
            let failure = await #expect(throws: RPCFailure.self) { try await order(bench, wanted) }
            #expect(failure?.answer?.name == .invalidOrder)
            #expect(failure?.answer?.details["path"] == .string(path))
            #expect(failure?.answer?.message.contains(words) == true, "\(failure?.answer?.message ?? "")")
        }
        let unknown = await #expect(throws: RPCFailure.self) {
            try await order(bench, [("lamb", 1)]) { $0.supplier = "xibei" }
        }
        #expect(unknown?.answer?.details["path"] == "supplier")
        #expect(
            await refusal { try await order(bench, [("lamb", 1)]) { $0.products = "beef" } } == .invalidOrder)
        #expect(try await bench.number("SELECT count(*) FROM orders") == 0)
    }

    @Test func `another total than the sum is refused, the sum is taken`() async throws {
        let bench = try await Bench(way: .down)
        let failure = await #expect(throws: RPCFailure.self) {
            try await order(bench) { $0.total = DecimalNumber(145) }
        }
        #expect(failure?.answer?.name == .priceMismatch)
        #expect(failure?.answer?.details["total"] == "145.9")
        #expect(try await order(bench) { $0.total = DecimalNumber("145.90") }.total == DecimalNumber("145.9"))
    }

    @Test func `the most of everything still has a total`() async throws {
        let bench = try await Bench(way: .down)
        let admin = InProcessCaller(OrderStoreMethods.table(of: bench.service), door: .admin)
        for number in 1...50 {
            _ = try await admin.call(
                SetProduct.self,
                .with {
                    $0 = SetProduct.exampleParams
                    $0.product = "p-\(number)"
                    $0.price = DecimalNumber("999999999.99") ?? .zero
                })
        }
        let order = try await order(bench, (1...50).map { ("p-\($0)", 99) })
        #expect(order.total == DecimalNumber("4949999999950.5"))
    }
}
