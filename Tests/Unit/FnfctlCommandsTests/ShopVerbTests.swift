import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Synchronization
import Testing

@testable import FnfctlCommands

/// The verbs for the catalogue, quotes, sums and previews.
@Suite struct ShopVerbTests {
    @Test func `the catalogue is shown as a table, as JSON and as names`() async {
        var table = HandlerTable()
        table.on(ListCatalogue.self) { params, _ in
            #expect(params.supplier == "haidilao")
            return ListCatalogue.exampleResult
        }
        let stage = Stage([.orderStore: table])
        #expect(await stage.run("fnfctl product list --supplier haidilao") == .ok)
        #expect(stage.out.contains("haidilao  beef     68.00  Marbled beef slices  精品肥牛"))
        let names = Stage([.orderStore: table])
        #expect(await names.run("fnfctl product list --supplier haidilao -o name") == .ok)
        #expect(names.out == "beef\n")
        let json = Stage([.orderStore: table])
        #expect(await json.run("fnfctl products ls --supplier haidilao -o json") == .ok)
        #expect(json.outJSON == ListCatalogue.exampleResult.wire)
    }

    @Test func `edits go through the administrator's door with what was written`() async {
        let seen = Mutex<[JSONValue]>([])
        var table = HandlerTable()
        table.on(SetProduct.self) { params, _ in
            seen.withLock { $0.append(params.wire) }
            return .example
        }
        table.on(RemoveProduct.self) { params, _ in .with { $0.removed = params.product == "beef" } }
        table.on(SetCatalogueSupplier.self) { params, _ in
            seen.withLock { $0.append(params.wire) }
            return .example
        }
        table.on(RemoveCatalogueSupplier.self) { _, _ in .with { $0.removed = true } }
        let stage = Stage([.orderStore: table])
        let set =
            #"product set haidilao beef --name-en "Marbled beef" --name-zh 肥牛 --price 68.50 --picture beef"#
        #expect(await stage.run("fnfctl \(set) --sold-out") == .ok)
        #expect(await stage.run("fnfctl product supplier haidilao --name-en H --name-zh 海") == .ok)
        #expect(
            seen.withLock { $0 } == [
                [
                    "supplier": "haidilao", "product": "beef", "nameEn": "Marbled beef", "nameZh": "肥牛",
                    "price": "68.5", "picture": "beef", "available": false,
                ],
                ["supplier": "haidilao", "nameEn": "H", "nameZh": "海"],
            ])
        #expect(await stage.run("fnfctl product remove haidilao beef") == .ok)
        #expect(await stage.run("fnfctl product remove haidilao tripe") == .ok)
        #expect(await stage.run("fnfctl product remove-supplier haidilao") == .ok)
        #expect(stage.err.contains("haidilao sells beef no more"))
        #expect(stage.err.contains("haidilao does not sell tripe: nothing to do"))
        #expect(Set(stage.sockets) == ["order-store-admin.sock"])
        #expect(
            await stage.run("fnfctl product set haidilao beef --name-en x --name-zh x --price 1 --picture x")
                == .usage)
    }

    @Test func `items are submitted with their quantities, and without text`() async {
        let seen = Mutex<SubmitOrder.Params?>(nil)
        var table = HandlerTable()
        table.on(SubmitOrder.self) { (params, _) throws(RPCError) in
            seen.withLock { $0 = params }
            guard params.total == nil else { throw RPCError(.priceMismatch, "order o-1 costs 154, not 1") }
            return .with { $0.orderNum = params.orderNum }
        }
        let stage = Stage([.orderStore: table])
        let line = "fnfctl order submit --supplier haidilao --address x --order o-1"
        #expect(await stage.run(line + " --item beef=2 --item lotus-root") == .ok)
        #expect(seen.withLock { $0?.items?.map(\.product) } == ["beef", "lotus-root"])
        #expect(seen.withLock { $0?.items?.map(\.quantity) } == [2, 1])
        #expect(seen.withLock { $0?.products } == "")
        #expect(await stage.run(line + " --item beef --total 1") == .conflict)
        #expect(stage.err.contains("fnfctl product list"))
        #expect(await stage.run(line + " --products beef") == .ok)
        #expect(seen.withLock { $0?.items } == nil)
        for wrong in ["", " --item =2", " --item beef=two", " --item beef=1=2"] {
            #expect(await stage.run(line + wrong) == .usage)
        }
    }

    @Test func `a quote shows what each method costs, and why it can't be paid`() async {
        var table = HandlerTable()
        table.on(QuotePayment.self) { params, _ in
            var quote = QuotePayment.exampleResult
            guard params.price != nil else { return quote }
            quote.payable = false
            quote.reason = "it is paid"
            quote.quotes[0].fault = "nothing is charged by it"
            return quote
        }
        let stage = Stage([.paymentGateway: table])
        #expect(await stage.run("fnfctl order quote o-1") == .ok)
        #expect(stage.out.contains("zhifubao  Alipay  支付宝        100.00  20 % off    80.00"))
        #expect(stage.out.contains("Payable:  yes"))
        #expect(await stage.run("fnfctl order quote o-1 --price 100") == .ok)
        #expect(stage.out.contains("nothing is charged by it"))
        #expect(stage.err == "it can't be paid now: it is paid\n")
    }

    @Test func `sums of orders and payments are asked for a stretch of time and shown`() async {
        var orders = HandlerTable()
        orders.on(SummarizeOrders.self) { params, _ in
            #expect(params.since?.description == "2026-11-23T00:00:00.000Z")
            #expect(params.until == nil)
            return .with {
                $0 = SummarizeOrders.exampleResult
                $0.suppliers = [
                    .with {
                        $0.supplier = "xibei"
                        $0.sums = SummarizeOrders.exampleResult.sums
                    }
                ]
                $0.suppliersLeftOff = params.bySupplier ? 3 : 0
            }
        }
        var gateway = HandlerTable()
        gateway.on(SummarizePayments.self) { _, _ in SummarizePayments.exampleResult }
        gateway.on(ListPaymentMethods.self) { _, _ in ListPaymentMethods.exampleResult }
        let stage = Stage([.orderStore: orders, .paymentGateway: gateway])
        #expect(await stage.run("fnfctl order summary --since 2026-11-23T00:00:00Z --by-supplier") == .ok)
        #expect(stage.out.contains("completed       2  200.00   160.00"))
        #expect(stage.out.contains("xibei"))
        #expect(stage.err.contains("3 suppliers with fewer orders are not shown"))
        #expect(await stage.run("fnfctl payment summary -o json") == .ok)
        #expect(await stage.run("fnfctl payment methods") == .ok)
        #expect(stage.out.contains("zhifubao  Alipay  支付宝           0.8  20 % off"))
        #expect(await stage.run("fnfctl order summary --since yesterday") == .usage)
    }

    @Test func `changes of all orders are one line each, from where it is asked`() async {
        var table = HandlerTable()
        table.on(stream: WatchOrders.self) { (params, _, sink) throws(RPCError) in
            #expect(params.afterSequence == 11)
            try sink.send(WatchOrders.exampleItem)
            return NoFields()
        }
        let stage = Stage([.orderStore: table])
        #expect(await stage.run("fnfctl order changes --after 11") == .ok)
        #expect(stage.out == "2026-11-23T09:30:01.000Z  12  awaitingPayment  o-1  haidilao\n")
        let json = Stage([.orderStore: table])
        #expect(await json.run("fnfctl order changes --after 11 -o json") == .ok)
        #expect(json.outJSON == WatchOrders.exampleItem.wire)
    }

    @Test func `a preview is asked with methods or to unset, not with both or neither`() async {
        let seen = Mutex<[[String]?]>([])
        var table = HandlerTable()
        table.on(PreviewSupplierRule.self) { params, _ in
            seen.withLock { $0.append(params.paymentMethods) }
            return PreviewSupplierRule.exampleResult
        }
        let stage = Stage([.supplierRules: table])
        #expect(await stage.run("fnfctl supplier preview haidilao unionpay,weixin") == .ok)
        #expect(stage.out.contains("after  unionpay         haidilao  database"))
        #expect(await stage.run("fnfctl supplier preview haidilao --unset") == .ok)
        #expect(seen.withLock { $0 } == [["unionpay", "weixin"], nil])
        #expect(await stage.run("fnfctl supplier preview haidilao") == .usage)
        #expect(await stage.run("fnfctl supplier preview haidilao weixin --unset") == .usage)
    }
}
