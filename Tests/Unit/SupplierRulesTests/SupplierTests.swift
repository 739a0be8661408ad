import LoopSupport
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Testing

@testable import SupplierRules

@Suite(.timeLimit(.minutes(1))) struct SupplierTests {
    @Test func `a rule that is set shadows that of the files until it is unset`() async throws {
        let counter = try await Counter(shipped)
        let file = try await counter.describe("haidilao")
        #expect(file.paymentMethods == ["zhifubao", "weixin"])
        #expect(file.source == "haidilao.yaml:3")
        #expect(file.shadows == nil)
        let set = try await counter.set("haidilao", ["unionpay", "weixin"])
        #expect(set.paymentMethods == ["unionpay", "weixin"])
        #expect(set.source == "database")
        #expect(set.shadows == "haidilao (haidilao.yaml:3)")
        #expect(try await counter.describe("haidilao") == set)
        let unset = try await counter.admin.call(UnsetSupplierRule.self, .with { $0.supplier = "haidilao" })
        #expect(unset == file)
        #expect(
            await refusal {
                try await counter.admin.call(UnsetSupplierRule.self, .with { $0.supplier = "haidilao" })
            }?.name == .ruleNotExists)
    }

    @Test func `a rule that was set survives a kill`() async throws {
        let counter = try await Counter(shipped)
        try await counter.set("tea house", ["weixin"])
        try await counter.set("tea house", ["bitcoin"])
        let next = try await Counter(shipped, folder: try counter.folder.crashImage())
        #expect(try await next.describe("tea house").paymentMethods == ["bitcoin"])
    }

    @Test func `an administrator sets a rule for one supplier with real names`() async throws {
        let counter = try await Counter(shipped)
        for (supplier, methods) in [("", ["a"]), ("hai*", ["a"]), ("x", []), ("x", ["a,b"])] {
            #expect(await refusal { try await counter.set(supplier, methods) }?.name == .invalidRule)
        }
        let byClient = await refusal {
            try await counter.client.call(SetSupplierRule.self, SetSupplierRule.exampleParams)
        }
        #expect(byClient?.name == .accessDenied)
        #expect(try await counter.describe("x").rule == "default")
    }

    @Test func `the list names each supplier and everyone else`() async throws {
        let counter = try await Counter(shipped)
        try await counter.set("tea house", ["weixin"])
        let list = try await counter.client.call(ListSuppliers.self, NoFields()).suppliers
        #expect(list.map(\.supplier) == ["haidilao", "tea house", "*"])
        #expect(list.map(\.rule) == ["haidilao", "tea house", "default"])
    }

    @Test func `an explanation walks the rules as an order would`() async throws {
        let night = rule("night", ["unionpay"]) {
            $0.time = TimeWindow(from: MinuteOfDay(22 * 60), to: MinuteOfDay(6 * 60))
        }
        let counter = try await Counter([night] + shipped)
        func explain(_ time: String?) async throws(RPCFailure) -> ExplainSupplier.Result {
            try await counter.client.call(
                ExplainSupplier.self,
                .with {
                    $0.supplier = "haidilao"
                    $0.time = time
                })
        }
        let now = try await explain(nil)
        #expect(now.rule == "haidilao")
        #expect(now.trace.map(\.matched) == [false, true])
        #expect(now.trace.map(\.why) == ["09:30 is not in 22:00 to 06:00", "supplier haidilao is haidilao"])
        #expect(try await explain("2026-11-23T23:00:00Z").paymentMethods == ["unionpay"])
        #expect(await refusal { try await explain("tonight") }?.name == .invalidRule)
        try await counter.set("haidilao", ["weixin"])
        #expect(try await explain(nil).trace.map(\.source) == ["database"])
    }

    @Test func `where no rule matches that is said`() async throws {
        let counter = try await Counter([])
        #expect(await refusal { try await counter.describe("x") }?.name == .ruleNotExists)
        let explained = try await counter.client.call(ExplainSupplier.self, .with { $0.supplier = "x" })
        #expect(explained.paymentMethods.isEmpty && explained.rule.isEmpty)
        #expect(try await counter.client.call(ListSuppliers.self, NoFields()).suppliers.isEmpty)
    }

    @Test func `other rules of the files are in force for the next order`() async throws {
        let counter = try await Counter(shipped)
        await counter.service.use(RuleSet([rule("only", ["weixin"])]))
        #expect(try await counter.describe("haidilao").rule == "only")
        #expect(await counter.service.status["rules"]?["files"] == 1)
    }
}
