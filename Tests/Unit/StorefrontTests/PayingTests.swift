import HTTPMessage
import LoopSupport
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing
import WebPages

@testable import OrderStore
@testable import Storefront

@Suite struct PayingTests {
    private func payments(_ town: Town) async throws -> [PaymentRecord] {
        try await town.services.payments.call(ListPayments.self, .init(), as: nil).payments
    }

    @Test func `only the methods of this supplier are offered, each with what it costs before paying`()
        async throws
    {
        let town = try await Town()
        let page = await town.get("/shop/orders/\(try await town.order())").text
        #expect(page.contains("data-method=\"zhifubao\""))
        #expect(page.contains("data-method=\"weixin\""))
        #expect(!page.contains("data-method=\"unionpay\""))
        #expect(page.contains("20% off"))
        #expect(page.contains("<s class=\"muted small\">¥136.00</s>"))
        #expect(page.contains("¥108.80"))
    }

    @Test func `the countdown ends when the flow does, and the page reads without its script`() async throws {
        let town = try await Town()
        let number = try await town.order()
        let deadline = try #require(try await town.deadline(number))
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("data-deadline=\"\(deadline)\">5:00</time>"))
        #expect(page.contains("<noscript><meta http-equiv=\"refresh\""))
        #expect(page.contains("data-events=\"/shop/orders/\(number)/events\""))
    }

    @Test(arguments: [("zhifubao", "108.8", "¥108.80"), ("weixin", "136", "¥136.00")])
    func `a paid order shows what was charged`(_ method: String, _ charged: String, _ shown: String)
        async throws
    {
        let town = try await Town()
        let number = try await town.order()
        let answer = await town.pay(number, method, charged: charged)
        #expect(answer.status == 303)
        #expect(answer.place == "/shop/orders/\(number)")
        await town.until(number) { $0 == .completed }
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("data-stage=\"completed\""))
        #expect(page.contains("id=\"receipt\""))
        #expect(page.contains("<dd>\(shown)</dd>"))
        #expect(page.contains("<dd>−¥27.20</dd>") == (method == "zhifubao"))
        #expect(!page.contains("data-events"))
        #expect(!page.contains("http-equiv"))
    }

    @Test func `whoever presses twice pays once; another window is told`() async throws {
        let town = try await Town()
        let number = try await town.order()
        _ = await town.pay(number, "zhifubao", charged: "108.8")
        await town.until(number) { $0 == .completed }
        #expect(await town.pay(number, "zhifubao", charged: "108.8").place == "/shop/orders/\(number)")
        let other = await town.pay(number, "weixin", charged: "136")
        #expect(other.place == "/shop/orders/\(number)?said=paid")
        #expect(await town.get(other.place).text.contains("was paid already"))
        let paid = try await payments(town)
        #expect(paid.count == 1)
        #expect(paid.first?.charged == DecimalNumber("108.8"))
    }

    @Test func `a method that is not offered, another price and another discount take no money`() async throws
    {
        let town = try await Town()
        let number = try await town.order()
        let answers = [
            await town.pay(number, "unionpay", charged: "136"),
            await town.pay(number, "zhifubao", price: "1", charged: "0.8"),
            await town.pay(number, "zhifubao", charged: "1"),
            await town.pay(number, "zhifubao", price: "-3", charged: "1"),
            await town.pay(number, "", charged: "1"),
        ]
        let said = ["method", "price", "price", "unreadable", "unreadable"]
        #expect(answers.map(\.place) == said.map { "/shop/orders/\(number)?said=\($0)" })
        #expect(await town.get(answers[0].place).text.contains("not on offer for this order"))
        #expect(await town.get(answers[1].place, language: "zh").text.contains("价格有变动"))
        #expect(try await payments(town).isEmpty)
    }

    @Test func `an order that nobody pays is canceled at its deadline and takes no payment any more`()
        async throws
    {
        let town = try await Town()
        let number = try await town.order()
        await town.loop.advance(by: .seconds(301))
        await town.until(number) { $0 == .canceled }
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("It was not paid in time. Nothing was charged."))
        #expect(page.contains("href=\"/shop?supplier=haidilao\""))
        let late = await town.pay(number, "zhifubao", charged: "108.8")
        #expect(late.place == "/shop/orders/\(number)?said=closed")
        #expect(await town.get(late.place).text.contains("takes no payment any more"))
        #expect(try await payments(town).isEmpty)
    }

    @Test func `a way to pay that the process does not know cancels the order, in words`() async throws {
        let town = try await Town(discounts: ["cash": "1", "weixin": "1"])
        _ = await town.post(
            "/shop/merchant/rules/haidilao", [("change", "set"), ("method", "cash")], as: .admin)
        let number = try await town.order()
        _ = await town.pay(number, "cash", charged: "136")
        await town.until(number) { $0 == .canceled }
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("does not know that way to pay. Nothing was charged."))
    }

    @Test func `an order whose flow is not there waits and says so`() async throws {
        let town = try await Town(isFlowThere: false)
        let answer = await town.post("/shop/orders", try await town.orderForm())
        let number = String(answer.place.split(separator: "/").last ?? "")
        let orders = town.orders
        await town.loop.until {
            orders.assumeIsolated { (try? $0.describe(number))?.trouble != nil }
        }
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("data-stage=\"received\""))
        #expect(page.contains("its process has not begun yet"))
    }

    @Test(arguments: ["/shop/orders/s-none", "/shop/orders/%3Cscript%3E", "/shop/orders/a%20b"])
    func `an unknown number is said to be one`(_ path: String) async throws {
        let page = await (try await Town()).get(path)
        #expect(page.status == 404)
        #expect(page.text.contains("No such order"))
        #expect(!page.text.contains("<script>"))
    }

    @Test func `what was said is left out when it has been overtaken`() async throws {
        let town = try await Town()
        let number = try await town.order()
        #expect(!(await town.get("/shop/orders/\(number)?said=closed").text.contains("notice bad")))
        #expect(!(await town.get("/shop/orders/\(number)?said=%3Cb%3E").text.contains("notice bad")))
    }

    @Test func `while the gateway is away the order is shown all the same`() async throws {
        let town = try await Town()
        let number = try await town.order()
        town.wires.take("payment-gateway")
        let page = await town.get("/shop/orders/\(number)")
        #expect(page.status == 200)
        #expect(page.text.contains("could not be asked just now"))
    }
}
