import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Testing
import WebPages

@testable import Storefront

@Suite struct MerchantTests {
    private func offer(_ town: Town, _ supplier: String = "haidilao") async throws -> [String] {
        try await town.services.suppliers.call(
            DescribeSupplier.self, .with { $0.supplier = supplier }, as: .read
        ).paymentMethods
    }

    @Test(arguments: ["/shop/merchant", "/shop/merchant/rules", "/shop/merchant/products"])
    func `the merchant's side is for who is signed in`(_ path: String) async throws {
        let town = try await Town()
        #expect(await town.get(path).status == 303)
        #expect(await town.get(path).place.hasPrefix("/signin?to="))
        #expect(await town.get(path, as: .read).status == 200)
    }

    @Test func `the board counts orders by state with their money to the last digit`() async throws {
        let town = try await Town()
        let paid = try await town.order("haidilao", ["dancing-noodles": "3"])
        _ = await town.pay(paid, "zhifubao", price: "29.7", charged: "23.76")
        await town.until(paid) { $0 == .completed }
        let open = try await town.order("chunfeng", ["osmanthus-oolong": "1"])
        let board = await town.get("/shop/merchant", as: .read).text
        #expect(board.contains("<span data-sum=\"total\">¥29.70</span>"))
        #expect(board.contains("<span data-sum=\"charged\">¥23.76</span>"))
        #expect(board.contains("<span data-sum=\"total\">¥36.50</span>"))
        #expect(board.contains("/shop/merchant/orders/\(paid)"))
        #expect(board.contains("/shop/merchant/orders/\(open)"))
        let filtered = await town.get("/shop/merchant?status=completed&supplier=haidilao", as: .read).text
        #expect(filtered.contains(paid))
        #expect(!filtered.contains(open))
        let none = await town.get("/shop/merchant?q=nothing+like+it", as: .read).text
        #expect(none.contains("No order fits"))
    }

    @Test func `long lists go on by their address`() async throws {
        let town = try await Town(isFlowThere: false)
        for _ in 1...51 { _ = await town.post("/shop/orders", try await town.orderForm()) }
        let first = await town.get("/shop/merchant?status=submitted", as: .read).text
        let next = try #require(first.between("href=\"/shop/merchant?status=submitted&amp;page=", "\""))
        let second = await town.get("/shop/merchant?status=submitted&page=\(next)", as: .read).text
        #expect(first.ranges(of: "<td class=\"what\">").count == 50)
        #expect(second.ranges(of: "<td class=\"what\">").count == 1)
    }

    @Test func `an order's page shows its payments, its changes and the way to its execution`() async throws {
        let town = try await Town()
        let number = try await town.order()
        _ = await town.pay(number, "weixin", charged: "136")
        await town.until(number) { $0 == .completed }
        let page = await town.get("/shop/merchant/orders/\(number)", as: .read).text
        #expect(page.contains("href=\"/console/executions/\(Town.flow)/\(number)\""))
        #expect(page.contains("weixin · ¥136.00"))
        #expect(page.contains("completed by the flow"))
        #expect(await town.get("/shop/merchant/orders/none", as: .read).status == 404)
    }

    @Test func `a preview shows what a change does and changes nothing; saving does`() async throws {
        let town = try await Town()
        let open = try await town.order()
        let preview = await town.get(
            "/shop/merchant/rules/haidilao?preview=set&method=weixin&method=unionpay", as: .admin
        ).text
        #expect(preview.contains("Added: UnionPay. Taken away: Alipay."))
        #expect(preview.contains("Open orders that keep what they were offered: 1"))
        #expect(preview.contains("/shop/merchant/orders/\(open)"))
        #expect(try await offer(town) == ["zhifubao", "weixin"])
        let save = [("change", "set"), ("method", "weixin"), ("method", "unionpay")]
        #expect(await town.post("/shop/merchant/rules/haidilao", save, as: .operate).status == 403)
        let saved = await town.post("/shop/merchant/rules/haidilao", save, as: .admin)
        #expect(saved.place == "/shop/merchant/rules/haidilao?saved")
        #expect(try await offer(town) == ["weixin", "unionpay"])
        let back = await town.get("/shop/merchant/rules/haidilao?preview=unset", as: .admin).text
        #expect(back.contains("Added: Alipay. Taken away: UnionPay."))
        for _ in 1...2 {
            let unset = await town.post("/shop/merchant/rules/haidilao", [("change", "unset")], as: .admin)
            #expect(unset.status == 303)
        }
        #expect(try await offer(town) == ["zhifubao", "weixin"])
    }

    @Test func `a rule without a method is not saved, and a reader sees no button for it`() async throws {
        let town = try await Town()
        let empty = await town.post("/shop/merchant/rules/haidilao", [("change", "set")], as: .admin)
        #expect(empty.status == 422)
        #expect(empty.text.contains("Choose at least one way to pay."))
        let reader = await town.get(
            "/shop/merchant/rules/haidilao?preview=set&method=weixin", as: .read
        ).text
        #expect(!reader.contains("save-rule"))
        #expect(reader.contains("needs a key with the role admin"))
    }

    @Test func `dishes are added, changed and taken out; what is wrong is said at its field`() async throws {
        let town = try await Town()
        let place = "/shop/merchant/products/chunfeng"
        let wrong = await town.post(
            place, [("product", "a b"), ("nameEn", ""), ("nameZh", "茶"), ("price", "1.234")], as: .admin)
        #expect(wrong.status == 422)
        for field in ["product", "nameEn", "price"] { #expect(wrong.text.contains("id=\"\(field)-fault\"")) }
        #expect(!wrong.text.contains("id=\"nameZh-fault\""))
        #expect(wrong.text.contains("value=\"1.234\""))
        let right = [
            ("product", "puer"), ("nameEn", "Pu'er"), ("nameZh", "普洱"), ("price", "28"), ("picture", "tea"),
            ("available", "yes"),
        ]
        #expect(await town.post(place, right, as: .admin).status == 303)
        #expect(await town.get("/shop?supplier=chunfeng").text.contains("Pu&#39;er"))
        #expect(await town.post(place, right, as: .admin).text.contains("with this id already"))
        #expect(await town.post(place, right, as: .operate).status == 403)
        #expect(await town.get(place + "/puer", as: .admin).text.contains("value=\"28.00\""))
        _ = await town.post(place + "/puer/remove", [], as: .admin)
        #expect(await town.get(place + "/puer", as: .admin).status == 404)
    }

    @Test func `restaurants are added, renamed and taken out`() async throws {
        let town = try await Town()
        let names = [("nameEn", "Night Market"), ("nameZh", "夜市")]
        let bad = await town.post("/shop/merchant/suppliers", [("supplier", "a/b")] + names, as: .admin)
        #expect(bad.text.contains("id=\"supplier-fault\""))
        let added = await town.post(
            "/shop/merchant/suppliers", [("supplier", "night")] + names, as: .admin)
        #expect(added.status == 303)
        #expect(await town.get("/shop/merchant/products", as: .read).text.contains("Night Market"))
        // Without a dish there is nothing to order there.
        #expect(!(await town.get("/shop").text.contains("Night Market")))
        _ = await town.post(
            "/shop/merchant/suppliers/night", [("nameEn", "Day Market"), ("nameZh", "早市")], as: .admin)
        #expect(await town.get("/shop/merchant/products", as: .read).text.contains("Day Market"))
        _ = await town.post("/shop/merchant/suppliers/night/remove", [], as: .admin)
        #expect(!(await town.get("/shop/merchant/products", as: .read).text.contains("Day Market")))
    }
}
