import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@testable import OrderStore

@Suite(.timeLimit(.minutes(1)))
struct CatalogueTests {
    private func admin(_ bench: Bench) -> InProcessCaller {
        InProcessCaller(OrderStoreMethods.table(of: bench.service), door: .admin)
    }

    private func catalogue(_ bench: Bench, _ supplier: String? = nil) async throws -> [CatalogueSupplier] {
        try await bench.client.call(ListCatalogue.self, .with { $0.supplier = supplier }).suppliers
    }

    private func set(
        _ bench: Bench, _ edit: (inout SetProduct.Params) -> Void
    ) async throws -> ProductRecord {
        var params = SetProduct.exampleParams
        edit(&params)
        return try await admin(bench).call(SetProduct.self, params)
    }

    @Test func `a fresh store has suppliers with products that can be ordered`() async throws {
        let bench = try await Bench()
        let suppliers = try await catalogue(bench)
        #expect(suppliers.map(\.supplier) == ["haidilao", "chunfeng", "laocheng", "jiangnan"])
        for supplier in suppliers {
            #expect(supplier.products.count >= 6)
            #expect(!supplier.nameEn.isEmpty && !supplier.nameZh.isEmpty)
            for product in supplier.products {
                #expect(product.supplier == supplier.supplier && product.available)
                #expect(product.price.isPositive && !product.nameEn.isEmpty && !product.nameZh.isEmpty)
                _ = try CatalogueRules.product(
                    .with {
                        $0.supplier = product.supplier
                        $0.product = product.product
                        $0.nameEn = product.nameEn
                        $0.nameZh = product.nameZh
                        $0.price = product.price
                    })
            }
        }
        #expect(try await catalogue(bench, "chunfeng").map(\.nameZh) == ["春风茶舍"])
        #expect(try await catalogue(bench, "nobody") == [])
    }

    @Test func `an edit keeps the place, is the same when repeated, and outlives a crash`() async throws {
        let bench = try await Bench()
        for _ in 1...2 {
            let record = try await set(bench) {
                $0.price = DecimalNumber(70)
                $0.available = false
            }
            #expect(record.price == DecimalNumber(70))
        }
        _ = try await set(bench) { $0.product = "tripe" }
        let products = try #require(try await catalogue(bench.afterCrash()).first).products
        #expect(products[1].product == "beef")
        #expect(products[1].price == DecimalNumber(70))
        #expect(!products[1].available)
        #expect(products.last?.product == "tripe")
        #expect(products.count == 8)
    }

    @Test func `what is taken out is gone, and taking it out again changes nothing`() async throws {
        let bench = try await Bench()
        let params = RemoveProduct.exampleParams
        #expect(try await admin(bench).call(RemoveProduct.self, params).removed)
        #expect(try await !admin(bench).call(RemoveProduct.self, params).removed)
        #expect(try await catalogue(bench, "haidilao").first?.products.count == 6)
        let supplier = RemoveCatalogueSupplier.exampleParams
        #expect(try await admin(bench).call(RemoveCatalogueSupplier.self, supplier).removed)
        #expect(try await !admin(bench).call(RemoveCatalogueSupplier.self, supplier).removed)
        #expect(try await catalogue(bench).count == 3)
        #expect(
            await refusal { _ = try await set(bench) { _ in } } == .supplierNotExists)
        let named = try await admin(bench).call(
            SetCatalogueSupplier.self, SetCatalogueSupplier.exampleParams)
        #expect(named.products == [])
        #expect(try await catalogue(bench).last?.supplier == "haidilao")
    }

    @Test func `what no product can be is refused with the parameter`() async throws {
        let bench = try await Bench()
        let edits: [(String, (inout SetProduct.Params) -> Void)] = [
            ("product", { $0.product = "a b" }), ("product", { $0.product = "" }),
            ("supplier", { $0.supplier = "x,y" }), ("nameEn", { $0.nameEn = " " }),
            ("nameZh", { $0.nameZh = "a\nb" }),
            ("nameEn", { $0.nameEn = String(repeating: "x", count: 121) }),
            ("price", { $0.price = .zero }), ("price", { $0.price = DecimalNumber(-1) }),
            ("price", { $0.price = DecimalNumber(1_000_000_000) }),
            ("price", { $0.price = DecimalNumber("0.001") ?? .zero }),
        ]
        for (path, edit) in edits {
            let failure = await #expect(throws: RPCFailure.self) { _ = try await set(bench, edit) }
            #expect(failure?.answer?.name == .invalidProduct)
            #expect(failure?.answer?.details["path"] == .string(path))
        }
        #expect(
            await refusal { _ = try await bench.client.call(SetProduct.self, SetProduct.exampleParams) }
                == .accessDenied)
    }

    @Test func `a supplier and the catalogue grow to their limits and no further`() async throws {
        let bench = try await Bench()
        let limits = CatalogueLimits.standard
        for number in 8...limits.productsMax { _ = try await set(bench) { $0.product = "p-\(number)" } }
        #expect(await refusal { _ = try await set(bench) { $0.product = "more" } } == .invalidProduct)
        _ = try await set(bench) { $0.product = "beef" }
        for number in 5...limits.suppliersMax + 1 {
            let name = await refusal {
                _ = try await admin(bench).call(
                    SetCatalogueSupplier.self,
                    .with {
                        $0.supplier = "s-\(number)"
                        $0.nameEn = "s"
                        $0.nameZh = "s"
                    })
            }
            #expect(name == (number <= limits.suppliersMax ? nil : .invalidProduct))
        }
    }
}
