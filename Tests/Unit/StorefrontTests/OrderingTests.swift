import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing
import WebPages

@testable import Storefront

@Suite struct OrderingTests {
    @Test func `the menu shows a restaurant's dishes with drawn pictures, exact prices and a number each`()
        async throws
    {
        let town = try await Town()
        let page = await town.get("/shop?supplier=haidilao")
        #expect(page.status == 200)
        #expect(page.text.contains("Marbled beef slices"))
        #expect(page.text.contains("¥9.90"))
        #expect(page.text.contains("name=\"q.beef\" type=\"number\" min=\"0\" max=\"99\""))
        #expect(page.text.contains("<span class=\"picture warm\"><svg"))
        #expect(!page.text.contains("Longjing"))
    }

    @Test func `a dish that is hidden is not on the menu, and a restaurant that is not there is not found`()
        async throws
    {
        let town = try await Town()
        let hidden = await town.post(
            "/shop/merchant/products/haidilao/beef/available", [("available", "no")], as: .admin)
        #expect(hidden.status == 303)
        #expect(!(await town.get("/shop?supplier=haidilao").text.contains("name=\"q.beef\"")))
        #expect(await town.get("/shop?supplier=nobody").status == 404)
    }

    @Test func `both languages are there, and the reader's is taken`() async throws {
        let town = try await Town()
        let page = await town.get("/shop?supplier=haidilao", language: "zh-CN")
        #expect(page.text.contains("<html lang=\"zh-CN\""))
        #expect(page.text.contains("精品肥牛"))
        #expect(page.text.contains("下单"))
        #expect(!page.text.contains("Place order"))
    }

    @Test func `an order keeps what was chosen, its exact total and its address`() async throws {
        let town = try await Town()
        let number = try await town.order(
            "haidilao", ["beef": "2", "dancing-noodles": "3"], address: "West Lake 1\r\nring twice")
        let order = try await town.record(number)
        #expect(order.total == DecimalNumber("165.7"))
        #expect(order.items.map(\.product) == ["beef", "dancing-noodles"])
        #expect(order.address == "West Lake 1\nring twice")
        let page = await town.get("/shop/orders/\(number)").text
        #expect(page.contains("¥165.70"))
        #expect(page.contains("West Lake 1\nring twice"))
    }

    @Test func `a form that is sent twice is one order`() async throws {
        let town = try await Town()
        let form = try await town.orderForm()
        let (first, second) = (await town.post("/shop/orders", form), await town.post("/shop/orders", form))
        #expect(first.status == 303)
        #expect(second.place == first.place)
        let all = try await town.services.orders.call(ListOrders.self, .init(), as: nil).orders
        #expect(all.count == 1)
    }

    @Test func `a repeat is the same order when prices have changed and the dish is gone`() async throws {
        let town = try await Town()
        let form = try await town.orderForm()
        let first = await town.post("/shop/orders", form)
        _ = await town.post("/shop/merchant/products/haidilao/beef/remove", [], as: .admin)
        #expect(await town.post("/shop/orders", form).place == first.place)
    }

    @Test func `another order from the same form is asked about, and what was typed is kept`() async throws {
        let town = try await Town()
        let form = try await town.orderForm()
        let first = await town.post("/shop/orders", form)
        let changed = form.map { $0.0 == "address" ? ("address", "Elsewhere 2") : $0 }
        let again = await town.post("/shop/orders", changed)
        #expect(again.status == 422)
        #expect(again.text.contains("href=\"\(first.place)\" id=\"placed-order\""))
        #expect(again.text.contains("Elsewhere 2"))
        let number = try #require(again.text.value(of: "order"))
        #expect(!first.place.hasSuffix(number))
        let other = await town.post(
            "/shop/orders", changed.map { $0.0 == "order" ? ("order", number) : $0 })
        #expect(other.place == "/shop/orders/\(number)")
    }

    @Test func `what is wrong is said at its field, and all that was typed stays`() async throws {
        let town = try await Town()
        let form = try await town.orderForm("haidilao", ["beef": "many", "lamb": "3"], address: " ")
        let page = await town.post("/shop/orders", form)
        #expect(page.status == 422)
        #expect(page.text.contains("id=\"q-beef-fault\""))
        #expect(page.text.contains("aria-describedby=\"q-beef-fault\""))
        #expect(page.text.contains("id=\"address-fault\""))
        #expect(page.text.contains("value=\"many\""))
        #expect(page.text.contains("value=\"3\""))
        #expect(page.text.value(of: "order") == form[0].1)
    }

    @Test(arguments: ["100", "-1", "1.5", "０", "1e2", "99999999999999999999"])
    func `a number of pieces is 1 to 99`(_ typed: String) async throws {
        let town = try await Town()
        let page = await town.post("/shop/orders", try await town.orderForm("haidilao", ["beef": typed]))
        #expect(page.status == 422)
        #expect(page.text.contains("id=\"q-beef-fault\""))
    }

    @Test func `nothing chosen, an address without end and a dish of another house are refused in words`()
        async throws
    {
        let town = try await Town()
        let nothing = await town.post("/shop/orders", try await town.orderForm("haidilao", ["beef": "0"]))
        #expect(nothing.text.contains("Choose at least one dish."))
        let long = await town.post(
            "/shop/orders",
            try await town.orderForm(address: String(repeating: "x", count: OrderDraft.addressBytesMax + 1)))
        #expect(long.text.contains("That is too long"))
        let other = await town.post("/shop/orders", try await town.orderForm("haidilao", ["longjing": "1"]))
        #expect(other.text.contains("not on the menu any more"))
        #expect([nothing.status, long.status, other.status] == [422, 422, 422])
    }

    @Test func `prices that have changed since the menu was shown are shown before anything is ordered`()
        async throws
    {
        let town = try await Town()
        let form = try await town.orderForm()
        let changed = await town.post(
            "/shop/merchant/products/haidilao/beef",
            [
                ("nameEn", "Beef"), ("nameZh", "牛"), ("price", "70.5"), ("picture", "beef"),
                ("available", "yes"),
            ], as: .admin)
        #expect(changed.status == 303)
        let refused = await town.post("/shop/orders", form)
        #expect(refused.status == 422)
        #expect(refused.text.contains("Prices have changed"))
        #expect(refused.text.value(of: "p.beef") == "70.5")
        let agreed = form.map { $0.0 == "p.beef" ? ("p.beef", "70.5") : $0 }
        #expect(await town.post("/shop/orders", agreed).status == 303)
    }

    @Test func `a form without its token or its number places nothing`() async throws {
        let town = try await Town()
        let form = try await town.orderForm()
        #expect(await town.post("/shop/orders", form, token: nil).status == 403)
        let nameless = await town.post("/shop/orders", form.map { $0.0 == "order" ? ("order", "a b") : $0 })
        #expect(nameless.status == 422)
        #expect(try await town.services.orders.call(ListOrders.self, .init(), as: nil).orders.isEmpty)
    }

    @Test func `order numbers are unlike each other and read out without mistakes`() {
        let world = LiveWorld()
        let numbers = (0..<1000).map { _ in OrderNumber.make(from: world) }
        #expect(Set(numbers).count == 1000)
        #expect(numbers.allSatisfy { OrderNumber.isOne($0) && $0.count == 21 })
        #expect(!numbers.contains { $0.dropFirst().contains { "01ilo".contains($0) } })
    }
}
