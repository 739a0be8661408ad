import HTTPMessage
import OrderStoreAPI
import Testing
import WebPages

@testable import Storefront

@Suite struct HostileTextTests {
    private static let text = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    private static let encoded = PercentCoding.encode(text)

    /// Markup of a hostile text, anywhere.
    private func isClean(_ page: String) -> Bool {
        !page.contains("<script>") && !page.contains("<img") && !page.contains("\"'>")
    }

    @Test func `names, addresses and everything typed are shown as text on every page`() async throws {
        let town = try await Town()
        let named = await town.post(
            "/shop/merchant/products/haidilao",
            [
                ("product", "trap"), ("nameEn", Self.text), ("nameZh", Self.text), ("price", "1"),
                ("picture", Self.text), ("available", "yes"),
            ], as: .admin)
        #expect(named.status == 303)
        _ = await town.post(
            "/shop/merchant/suppliers/haidilao", [("nameEn", Self.text), ("nameZh", Self.text)], as: .admin)
        let number = try await town.order("haidilao", ["trap": "1"], address: Self.text)
        let pages = [
            "/shop", "/shop?supplier=haidilao", "/shop/orders/\(number)", "/shop/merchant",
            "/shop/merchant?status=awaitingPayment", "/shop/merchant?q=\(Self.encoded)",
            "/shop/merchant?supplier=\(Self.encoded)", "/shop/merchant/orders/\(number)",
            "/shop/merchant/rules", "/shop/merchant/rules/haidilao", "/shop/merchant/products",
            "/shop/merchant/products/haidilao/trap", "/shop/merchant/suppliers/haidilao",
            "/shop/merchant/rules/haidilao?preview=set&method=\(Self.encoded)",
            "/shop/merchant/rules/\(Self.encoded)", "/shop/orders/\(number)?said=\(Self.encoded)",
        ]
        for page in pages {
            for language in ["en", "zh"] {
                let answer = await town.get(page, as: .admin, language: language)
                #expect(answer.status == 200, "\(page)")
                #expect(isClean(answer.text), "\(page)")
            }
        }
        let shown = await town.get("/shop/orders/\(number)").text
        #expect(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test func `what is refused is shown as text as well`() async throws {
        let town = try await Town()
        var form = try await town.orderForm("haidilao", ["beef": Self.text], address: Self.text)
        form.append(("q.\(Self.text)", Self.text))
        let page = await town.post("/shop/orders", form)
        #expect(page.status == 422)
        #expect(isClean(page.text))
        let product = await town.post(
            "/shop/merchant/products/haidilao",
            [("product", Self.text), ("nameEn", ""), ("nameZh", Self.text), ("price", Self.text)], as: .admin)
        #expect(product.status == 422)
        #expect(isClean(product.text))
        let unknown = await town.get("/shop/orders/\(Self.encoded)")
        #expect(unknown.status == 404)
        #expect(isClean(unknown.text))
    }

    @Test func `pages hold no styles and programs of their own, so that the policy may forbid them`()
        async throws
    {
        let town = try await Town()
        let number = try await town.order()
        for path in ["/shop", "/shop/orders/\(number)", "/shop/merchant", "/shop/merchant/products/haidilao"]
        {
            let page = await town.get(path, as: .admin).text
            #expect(!page.contains(" style="), "\(path)")
            #expect(!page.contains(" onclick="), "\(path)")
            #expect(page.ranges(of: "<script").count == 1, "\(path)")
        }
    }
}
