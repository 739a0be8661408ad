import SupplierRulesAPI
import Testing

@testable import SupplierRules

@Suite struct RuleTests {
    @Test func `a glob matches the whole text`() {
        let hits = [
            ("haidilao", "haidilao"), ("hai*", "haidilao"), ("*lao", "haidilao"), ("h*d*o", "haidilao"),
            ("*", ""),
            ("?", "é"), ("h?i*", "haidilao"), ("**", "x"), ("a*b*c", "aXbXbXc"), ("西湖*", "西湖 1"),
        ]
        for (pattern, text) in hits { #expect(Glob(pattern).matches(text), "\(pattern) on \(text)") }
        let misses = [
            ("haidilao", "haidilao2"), ("hai", "haidilao"), ("Hai*", "haidilao"), ("?", ""),
            ("h*x", "haidilao"),
            ("", "x"), ("a*b", "abc"),
        ]
        for (pattern, text) in misses { #expect(!Glob(pattern).matches(text), "\(pattern) on \(text)") }
    }

    @Test func `a window of the day excludes its end`() throws {
        let window = try #require(span("09:00", "21:00"))
        #expect(["09:00", "12:30", "20:59"].allSatisfy { contains(window, $0) })
        #expect(["08:59", "21:00", "00:00"].allSatisfy { !contains(window, $0) })
    }

    @Test func `a window may pass midnight`() throws {
        let window = try #require(span("22:00", "06:00"))
        #expect(["22:00", "23:59", "00:00", "05:59"].allSatisfy { contains(window, $0) })
        #expect(["06:00", "12:00", "21:59"].allSatisfy { !contains(window, $0) })
        let toMidnight = try #require(span("20:00", "24:00"))
        #expect(contains(toMidnight, "23:59") && !contains(toMidnight, "00:00"))
        #expect(contains(try #require(span("00:00", "24:00")), "12:00"))
    }

    @Test func `times of day are checked`() {
        for text in ["24:01", "9", "09:60", "9:5", "-1:00", "09:00:00", "", "ab:cd", "+9:00"] {
            #expect(MinuteOfDay(text) == nil, "\(text)")
        }
        #expect(MinuteOfDay("9:05")?.minutes == 545)
        #expect(span("09:00", "09:00") == nil)
        #expect(span("24:00", "00:00") == nil)
    }

    @Test func `the first rule whose conditions all hold decides`() {
        let book = RuleBook(
            fileRules: RuleSet([
                rule("beef by the lake", ["weixin"]) {
                    $0.products = [Glob("beef*"), Glob("lamb")]
                    $0.address = [Glob("West Lake*")]
                },
                rule("beef", ["unionpay"]) { $0.products = [Glob("beef*")] },
                rule("default", ["zhifubao"]),
            ]))
        func decide(_ products: String, _ address: String) -> String? {
            book.decide(OrderFacts(supplier: "x", products: products, address: address))?.rule
        }
        #expect(decide("lotus root, beef balls", "West Lake 1") == "beef by the lake")
        #expect(decide("lamb", "West Lake 1") == "beef by the lake")
        #expect(decide("beef", "East Gate") == "beef")
        #expect(decide("lamb", "East Gate") == "default")
        #expect(decide("", "West Lake 1") == "default")
    }

    @Test func `the time is asked for only when it decides`() {
        let night = rule("night", ["unionpay"]) {
            $0.supplier = [Glob("haidilao")]
            $0.time = span("22:00", "06:00")
        }
        let book = RuleBook(fileRules: RuleSet([night] + shipped))
        #expect(book.decide(OrderFacts(supplier: "other"))?.rule == "default")
        #expect(book.decide(OrderFacts(supplier: "haidilao")) == nil)
        #expect(book.decide(OrderFacts(supplier: "haidilao", time: MinuteOfDay("23:00")))?.rule == "night")
        #expect(book.decide(OrderFacts(supplier: "haidilao", time: MinuteOfDay("12:00")))?.rule == "haidilao")
    }

    @Test func `each rule that was tried says why it did not match`() {
        let book = RuleBook(
            fileRules: RuleSet([
                rule("a", ["x"]) { $0.supplier = [Glob("b"), Glob("c*")] },
                rule("b", ["x"]) { $0.products = [Glob("tea")] },
                rule("c", ["x"]) { $0.address = [Glob("West*")] },
                rule("d", ["x"]) { $0.time = span("01:00", "02:00") },
            ]))
        let decision = book.decide(
            OrderFacts(supplier: "a", products: "beef,rice", address: "East", time: MinuteOfDay("09:30")))
        #expect(decision?.matched == false)
        #expect(
            decision?.trace.map(\.why) == [
                "supplier a is not b or c*", "no product of \"beef,rice\" is tea",
                "address \"East\" is not West*",
                "09:30 is not in 01:00 to 02:00",
            ])
    }

    @Test func `method names are words, each once`() {
        #expect(PaymentMethodNames.fault(in: ["zhifubao", "bitcoin_2"]) == nil)
        for methods in [[], [""], ["a,b"], ["a b"], ["a", "a"], [String(repeating: "a", count: 65)]] {
            #expect(PaymentMethodNames.fault(in: methods) != nil, "\(methods)")
        }
    }

    private func span(_ from: String, _ to: String) -> TimeWindow? {
        guard let from = MinuteOfDay(from), let to = MinuteOfDay(to) else { return nil }
        return TimeWindow(from: from, to: to)
    }

    private func contains(_ window: TimeWindow, _ time: String) -> Bool {
        MinuteOfDay(time).map(window.contains) ?? false
    }
}
