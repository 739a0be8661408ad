import HTTPMessage
import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct LegacyTests {
    private static let input =
        #"{"products":"beef","supplier":"haidilao","orderNum":"1e4b","address":"West Lake 1"}"#
    private static let start = "/startFNF/OrderDemo/1e4b/\(PercentCoding.encode(input))"

    @Test func `startFNF starts the execution with the page's own text and registers the order`() async {
        let shop = OldShop()
        let answer = await shop.get(Self.start)
        #expect(answer.status == 200)
        #expect(
            answer.json
                == ["message": "success", "flow": "OrderDemo", "orderNum": "1e4b", "status": "Running"])
        #expect(shop.books.edit { $0.executions["1e4b"]?.input } == Self.input)
        #expect(shop.books.edit { $0.labels } == [["order": "1e4b"]])
        #expect(
            shop.books.edit { $0.submitted }
                == [
                    .with {
                        $0.orderNum = "1e4b"
                        $0.supplier = "haidilao"
                        $0.products = "beef"
                        $0.address = "West Lake 1"
                        $0.flow = "OrderDemo"
                    }
                ])
        #expect(await shop.get(Self.start).status == 200)
    }

    @Test(arguments: [
        (#"{"address":"a/b?c=d"}"#, "a/b?c=d"), (#"{"address":"50%25"}"#, "50%"),
        ("%7B%22address%22%3A%22%E8%A5%BF%E6%B9%96%22%7D", "西湖"),
    ])
    func `a page that does not encode its JSON is understood`(_ written: String, _ address: String) async {
        let shop = OldShop()
        #expect(await shop.get("/startFNF/OrderDemo/n/\(written)").status == 200)
        #expect(shop.books.edit { $0.submitted.first?.address } == address)
        #expect(shop.books.edit { $0.submitted.first?.supplier } == "unknown")
    }

    @Test func `an input without an order only starts the execution; lists of products are joined`() async {
        let shop = OldShop()
        #expect(await shop.get("/startFNF/OrderDemo/n/%7B%7D").status == 200)
        #expect(shop.books.edit { $0.submitted.isEmpty })
        #expect(
            await shop.get(
                "/startFNF/OrderDemo/m/\(PercentCoding.encode(#"{"products":["beef","lotus root"]}"#))"
            ).status == 200)
        #expect(shop.books.edit { $0.submitted.first?.products } == "beef,lotus root")
    }

    @Test func `what can't be started leaves no order and says why`() async {
        let shop = OldShop()
        let absent = await shop.get("/startFNF/Other/n/\(PercentCoding.encode(Self.input))")
        #expect(absent.status == 404 && absent.json["message"] == "fail")
        #expect(
            absent.json["code"] == "FlowNotExists" && absent.json["reason"] == "Flow Other does not exist")
        shop.books.edit { $0.executions["1e4b"] = ("OrderDemo", #"{"another":1}"#, "Running") }
        let other = await shop.get(Self.start)
        #expect(other.status == 409 && other.json["code"] == "ExecutionAlreadyExists")
        shop.books.edit { $0.executions["1e4b"]?.status = "Succeeded" }
        #expect(await shop.get(Self.start).status == 409)
        #expect(shop.books.edit { $0.submitted.isEmpty })
    }

    @Test(arguments: [
        ("/startFNF/OrderDemo/n/nothing", 400), ("/startFNF/OrderDemo/n/[1]", 400),
        ("/startFNF/OrderDemo/n", 400), ("/startFNF/OrderDemo//%7B%7D", 400), ("/startFNF/%ff/n/%7B%7D", 400),
        ("/setPaymentCombination/n/zhifubao", 400), ("/setPaymentCombination/n/zhifubao/cheap", 400),
        ("/setPaymentCombination/n/zhifubao/-1", 400), ("/setPaymentCombination/n/zhifubao/1e3", 400),
        ("/setPaymentCombination/n/zhifubao/0/0", 400), ("/", 404), ("/startFNFx/a/b/%7B%7D", 404),
        ("/setPaymentCombination/unknown/zhifubao/0", 404),
        ("/setPaymentCombination/unknown/zhifubao/80", 404),
    ])
    func `what is no such URL is refused in the same shape`(_ target: String, _ status: Int) async {
        let answer = await OldShop().get(target)
        #expect(answer.status == status)
        #expect(answer.json["message"] == "fail" && answer.json["reason"]?.stringValue?.isEmpty == false)
    }

    @Test func `price 0 is the offer, the next one the payment, as the handlers multiply it`() async {
        let shop = OldShop()
        _ = await shop.get(Self.start)
        let offer = await shop.get("/setPaymentCombination/1e4b/zhifubao,weixin/0")
        #expect(offer.json == ["message": "success", "orderNum": "1e4b", "status": "awaitingPayment"])
        #expect(shop.books.edit { $0.orders["1e4b"]?.paymentMethods } == ["zhifubao", "weixin"])
        let paid = await shop.get("/setPaymentCombination/1e4b/zhifubao/2.4000000000000004")
        #expect(paid.json == ["message": "success", "orderNum": "1e4b", "status": "paid"])
        #expect(
            shop.books.edit { $0.payments }
                == [
                    .with {
                        $0.orderNum = "1e4b"
                        $0.paymentMethod = "zhifubao"
                        $0.price = DecimalNumber("2.4") ?? .zero
                        $0.paid = DecimalNumber("2.4") ?? .zero
                    }
                ])
        #expect(await shop.get("/setPaymentCombination/1e4b/weixin/100").status == 409)
    }

    @Test func `a payment before any offer is taken, and an order's total is what was paid`() async {
        let shop = OldShop()
        _ = await shop.get(Self.start)
        shop.books.edit { $0.orders["1e4b"]?.total = DecimalNumber(100) }
        #expect(await shop.get("/setPaymentCombination/1e4b/zhifubao/80.0").status == 200)
        #expect(shop.books.edit { $0.payments.first?.paid } == DecimalNumber(100))
        #expect(shop.books.edit { $0.payments.first?.price } == DecimalNumber(80))
    }

    @Test func `the first step may ask before the page has its answer`() async {
        let shop = OldShop()
        // order-store ends while it takes the order, and the flow's first step calls back meanwhile.
        shop.toOrders.way = .repliesLost
        async let started = shop.get(Self.start)
        await shop.loop.until { !shop.toOrders.params(of: SubmitOrder.name).isEmpty }
        async let offered = shop.get("/setPaymentCombination/1e4b/zhifubao/0")
        shop.toOrders.way = .open
        await shop.loop.until { !shop.loop.armed.isEmpty }
        await shop.loop.advance(by: .seconds(1))
        #expect(await started.status == 200)
        #expect(await offered.json["status"] == "awaitingPayment")
    }

    @Test func `an order-store that is down is said, and asking again is safe`() async {
        let shop = OldShop()
        shop.toOrders.way = .down
        let answer = await shop.get(Self.start)
        #expect(answer.status == 503 && answer.json["code"] == "ServiceUnavailable")
        shop.toOrders.way = .open
        #expect(await shop.get(Self.start).json["message"] == "success")
        #expect(shop.books.edit { $0.executions.count == 1 && $0.submitted.count == 1 })
    }

    @Test func `the page of another origin may read the answers, as the configuration says`() async {
        let open = await OldShop().get(Self.start)
        #expect(open.headers["Access-Control-Allow-Origin"] == "*" && open.headers["Vary"] == nil)
        #expect(open.headers["Cache-Control"] == "no-store")
        let shop = OldShop(allowOrigin: "http://localhost:8082")
        let failed = await shop.get("/startFNF/Other/n/%7B%7D")
        #expect(failed.headers["Access-Control-Allow-Origin"] == "http://localhost:8082")
        #expect(failed.headers["Vary"] == "Origin")
        let preflight = await shop.get(Self.start, method: "OPTIONS")
        #expect(preflight.status == 204 && preflight.headers["Access-Control-Allow-Methods"] == "GET")
        #expect(shop.books.edit { $0.executions.isEmpty })
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "HEAD"])
    func `another method changes nothing`(_ method: String) async {
        let shop = OldShop()
        #expect(await shop.get(Self.start, method: method).status == 405)
        #expect(shop.books.edit { $0.executions.isEmpty })
    }

    @Test(arguments: [
        (WebFault.malformed("no"), 400), (.headersTooLarge, 431), (.bodyTooLarge(bytesMax: 0), 413),
        (.tooSlow, 408), (.overloaded("full"), 503), (.stopping, 503),
    ])
    func `what can't be read is refused in the same shape`(_ fault: WebFault, _ status: Int) throws {
        let answer = OldShop().endpoint.refusal(of: fault, head: nil)
        #expect(answer.status == status)
        let json = try JSONParser.parse(String(decoding: answer.bytes ?? [], as: UTF8.self))
        #expect(json["message"] == "fail" && json["code"]?.stringValue != nil)
    }
}
