import ConfigurationFile
import Foundation
import LoopSupport
import SupplierRules
import Testing

@testable import supplier_rules

@Suite struct RuleFolderTests {
    private func load(_ files: [String: String]) throws -> RuleSet {
        let folder = try TemporaryFolder()
        for (name, text) in files {
            try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
        }
        return try RuleFolder.load(folder.path)
    }

    private func problems(_ text: String) throws -> [String] {
        let fault = #expect(throws: ConfigurationFault.self) { try load(["10-a.yaml": text]) }
        return fault?.problems.map { "\($0.position.line) \($0.path) \($0.reason)" } ?? []
    }

    @Test func `rules come in the order of the files, each with its place`() throws {
        let set = try load([
            "90-z.yaml": "rules:\n  - name: default\n    paymentMethods: [zhifubao]\n",
            "10-a.yaml": """
            # first
            rules:
              - name: night
                when:
                  supplier: hai*
                  products: [beef, "lotus *"]
                  time: {from: "22:00", to: 06:00}
                paymentMethods: [weixin, unionpay]
            """,
            "ignored.txt": "nonsense",
        ])
        #expect(set.rules.map(\.name) == ["night", "default"])
        #expect(set.rules.map(\.source) == ["10-a.yaml:3", "90-z.yaml:2"])
        let conditions = set.rules[0].conditions
        #expect(conditions.supplier == [Glob("hai*")])
        #expect(conditions.products == [Glob("beef"), Glob("lotus *")])
        #expect(conditions.time?.description == "22:00 to 06:00")
        #expect(set.rules[0].paymentMethods == ["weixin", "unionpay"])
    }

    @Test func `everything wrong is told with its line`() throws {
        let found = try problems(
            """
            rules:
              - nam: a
                paymentMethods: []
              - name: b
                when: {suplier: x, time: {from: "25:00", to: "09:00"}, address: ""}
                paymentMethods: ["a,b"]
              - name: b
                paymentMethods: [x]
            """)
        #expect(found.contains { $0.hasPrefix("2 rules[0].nam ") })
        #expect(found.contains { $0.hasPrefix("2 rules[0] the key name is missing") })
        #expect(found.contains { $0.hasPrefix("3 rules[0].paymentMethods names no payment method") })
        #expect(found.contains { $0.hasPrefix("5 rules[1].when.suplier ") })
        #expect(found.contains { $0.hasPrefix("5 rules[1].when.time.from '25:00' is no time of day") })
        #expect(found.contains { $0.hasPrefix("5 rules[1].when.address has an empty pattern") })
        #expect(found.contains { $0.hasPrefix("6 rules[1].paymentMethods contains \"a,b\"") })
        #expect(found.contains { $0.hasPrefix("7 rules[2].name the rule b stands at 10-a.yaml:4 already") })
        #expect(found.count == 8)
    }

    @Test func `no folder and no files are no rules`() throws {
        #expect(try load([:]).rules.isEmpty)
        #expect(try RuleFolder.load("/nowhere/supplier-rules.d").rules.isEmpty)
    }
}
