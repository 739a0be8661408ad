import LoopSupport
import RPCProtocol
import SupplierRulesAPI
import Testing

@testable import SupplierRules

@Suite(.timeLimit(.minutes(1))) struct PreviewTests {
    private func preview(
        _ counter: Counter, _ methods: [String]?,
        _ edit: (inout PreviewSupplierRule.Params) -> Void = { _ in }
    ) async throws -> PreviewSupplierRule.Result {
        var params = PreviewSupplierRule.Params.with {
            $0.supplier = "haidilao"
            $0.paymentMethods = methods
        }
        edit(&params)
        return try await counter.client.call(PreviewSupplierRule.self, params)
    }

    @Test func `it shows what would change, and setting the rule then does just that`() async throws {
        let counter = try await Counter(shipped)
        let shown = try await preview(counter, ["unionpay", "weixin"])
        #expect(shown.now.paymentMethods == ["zhifubao", "weixin"])
        #expect(shown.now.source == "haidilao.yaml:3")
        #expect(shown.after.paymentMethods == ["unionpay", "weixin"])
        #expect(shown.after.source == "database")
        #expect(shown.added == ["unionpay"] && shown.removed == ["zhifubao"])
        #expect(try await counter.describe("haidilao").source == "haidilao.yaml:3")

        let set = try await counter.set("haidilao", ["unionpay", "weixin"])
        #expect(set.paymentMethods == shown.after.paymentMethods)
        #expect(set.rule == shown.after.rule && set.source == shown.after.source)
        let same = try await preview(counter, ["unionpay", "weixin"])
        #expect(same.now == same.after && same.added.isEmpty && same.removed.isEmpty)
    }

    @Test func `without methods it shows what unsetting would leave`() async throws {
        let counter = try await Counter(shipped)
        let nothing = try await preview(counter, nil)
        #expect(nothing.now == nothing.after)
        try await counter.set("haidilao", ["unionpay"])
        let back = try await preview(counter, nil)
        #expect(back.now.source == "database")
        #expect(
            back.after.paymentMethods == ["zhifubao", "weixin"] && back.after.source == "haidilao.yaml:3")
    }

    @Test func `rules that look at an order are asked about that order`() async throws {
        let counter = try await Counter([
            rule("night", ["weixin"]) { $0.time = TimeWindow(from: MinuteOfDay(1320), to: MinuteOfDay(360)) },
            rule("beef", ["unionpay"]) { $0.products = [Glob("beef*")] },
        ])
        try await counter.set("haidilao", ["zhifubao"])
        #expect(try await preview(counter, nil) { $0.products = "tea,beef-slices" }.after.rule == "beef")
        #expect(try await preview(counter, nil) { $0.time = "2026-11-23T23:00:00Z" }.after.rule == "night")
        let none = try await preview(counter, nil)
        #expect(none.after.paymentMethods.isEmpty && none.after.rule.isEmpty)
        #expect(none.removed == ["zhifubao"])
    }

    @Test func `what can't be set can't be previewed`() async throws {
        let counter = try await Counter(shipped)
        for (methods, supplier) in [([], "haidilao"), (["a,b"], "haidilao"), (["weixin"], "hai*"), (nil, "")]
            as [([String]?, String)]
        {
            let error = await refusal { try await preview(counter, methods) { $0.supplier = supplier } }
            #expect(error?.name == .invalidRule)
        }
        #expect(
            await refusal { try await preview(counter, ["weixin"]) { $0.time = "noon" } }?.name
                == .invalidRule)
    }
}
