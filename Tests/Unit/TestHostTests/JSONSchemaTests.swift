import Primitives
import RPCProtocol
import TestHost
import Testing

@Suite struct JSONSchemaTests {
    private let order: JSONValue = [
        "type": "object", "required": ["Order"], "additionalProperties": false,
        "properties": [
            "Order": ["type": "string", "description": "its number"],
            "Price": ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"],
            "Status": ["type": "string", "enum": ["paid", "canceled"]],
            "Time": ["type": "string", "format": "date-time"],
            "Lines": ["type": "array", "items": ["type": "integer"]],
        ],
    ]

    @Test func `a value that is as the contract says has no violation`() {
        let value: JSONValue = [
            "Order": "1", "Price": "79.90", "Status": "paid", "Time": "2026-11-23T09:30:00.000Z",
            "Lines": [1, 2],
        ]
        #expect(JSONSchema(order).violations(value).isEmpty)
    }

    @Test(
        arguments: [
            (["Order": 1], "$.Order: expected string, found 1"),
            ([:], "$: Order is missing"),
            (["Order": "1", "Extra": true], "$: Extra is not in the contract"),
            (
                ["Order": "1", "Price": "1e5"],
                "$.Price: is not as pattern \"^-?[0-9]+(\\\\.[0-9]+)?$\" asks, found \"1e5\""
            ),
            (
                ["Order": "1", "Status": "lost"],
                "$.Status: is not one of [\"paid\",\"canceled\"], found \"lost\""
            ),
            (["Order": "1", "Time": "noon"], "$.Time: is not as format \"date-time\" asks, found \"noon\""),
            (["Order": "1", "Lines": [1, 1.5]], "$.Lines[1]: expected integer, found 1.5"),
            ([], "$: expected object, found []"),
        ] as [(JSONValue, String)])
    func `what is not as the contract says is found and named`(value: JSONValue, sentence: String) {
        #expect(JSONSchema(order).violations(value) == [sentence])
    }

    @Test func `a keyword that the checker does not know is a violation`() {
        #expect(JSONSchema(["oneOf": []]).violations(1).count == 1)
    }

    @Test func `replies, items and error names are checked against what rpc.discover answers`() async throws {
        let ledger = SchemaLedger()
        let caller = SchemaCheckingCaller(Liar(), service: "liar", ledger: ledger)
        _ = try await caller.call("Honest", [:], meta: RPCMeta())
        #expect(ledger.violations.isEmpty && ledger.repliesChecked == 1)
        _ = try await caller.call("Lie", [:], meta: RPCMeta())
        _ = try await caller.stream("Watch", [:], meta: RPCMeta()) { _ in }
        await #expect(throws: RPCFailure.self) { try await caller.call("Fail", [:], meta: RPCMeta()) }
        _ = try await caller.call("Hidden", [:], meta: RPCMeta())
        #expect(
            ledger.violations == [
                "liar Lie, result $: expected string, found 1",
                "liar Watch, item $: expected string, found 1",
                "liar Fail: the error Undeclared is not in the contract",
                "liar Hidden: rpc.discover describes no result",
            ])
    }
}

/// A service whose contract says string everywhere.
private struct Liar: RPCCaller {
    func call(_ method: String, _: JSONValue, meta _: RPCMeta) async throws(RPCFailure) -> JSONValue {
        switch method {
        case "rpc.discover":
            return [
                "methods": .array(
                    ["Honest", "Lie", "Watch", "Fail"].map { name in
                        [
                            "name": .string(name), "result": ["schema": ["type": "string"]],
                            "x-item": ["type": "string"], "errors": [["message": "Declared"]],
                        ]
                    })
            ]
        case "Honest": return "yes"
        case "Fail": throw .answered(RPCError("Undeclared", "no"))
        default: return 1
        }
    }

    func stream(
        _: String, _: JSONValue, meta _: RPCMeta, onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        do { try await onItem(1) } catch { throw .canceled }
        return "end"
    }
}
