import Primitives
import RPCProtocol
import Testing

private enum ReadIt: RPCMethod {
    static let summary = "Reads."
    static let roles: Set<RPCRole> = [.read]
    static let errors: [RPCErrorName] = ["NotThere"]
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

private enum Rule: RPCMethod {
    static let summary = "Rules."
    static let roles: Set<RPCRole> = [.admin]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

private enum Watch: RPCStreamMethod {
    static let summary = "Watches."
    static let roles: Set<RPCRole> = [.read]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
    static let exampleItem = MetricsText(text: "x")
}

@Suite struct HandlerTableTests {
    private var table: HandlerTable {
        var table = HandlerTable()
        table.on(ReadIt.self) { _, _ in NoFields() }
        table.on(Rule.self) { _, _ throws(RPCError) in throw RPCError("NotThere", "nothing") }
        table.on(stream: Watch.self) { _, _, sink throws(RPCError) in
            for number in 0..<5 { try sink.send(MetricsText(text: "\(number)")) }
            return NoFields()
        }
        return table
    }

    @Test(arguments: RPCDoor.allCases)
    func `a door lets through the roles it grants and no other`(door: RPCDoor) throws {
        for (method, allowed) in [("ReadIt", [RPCDoor.client, .admin]), ("Rule", [.admin])] {
            if allowed.contains(door) {
                _ = try table.entry(for: method, through: door)
            } else {
                let error = #expect(throws: RPCError.self) { try table.entry(for: method, through: door) }
                #expect(error?.name == .accessDenied)
            }
        }
    }

    @Test func `an unknown method is answered with the nearest`() {
        let error = #expect(throws: RPCError.self) { try table.entry(for: "ReadItt", through: .client) }
        #expect(error?.name == .methodNotFound)
        #expect(error?.message.contains("ReadIt?") == true)
    }

    @Test func `discover describes every method with schemas, role and example`() throws {
        let document = table.openRPC(service: "test", version: "1")
        #expect(document["openrpc"] == "1.3.2")
        let methods = try #require(document["methods"]?.arrayValue)
        #expect(methods.map { $0["name"] } == ["ReadIt", "Rule", "Watch"])
        #expect(methods[0]["x-roles"] == ["read"])
        #expect(methods[0]["errors"]?[0]?["message"] == "NotThere")
        #expect(methods[2]["x-kind"] == "stream")
        #expect(methods[2]["x-item"]?["required"] == ["text"])
        #expect(methods[2]["examples"]?[0]?["x-item"] == ["text": "x"])
    }

    @Test func `the caller in the same process goes through the same checks`() async throws {
        let caller = InProcessCaller(table, door: .client)
        #expect(try await caller.call(ReadIt.self, NoFields()) == NoFields())
        let denied = await #expect(throws: RPCFailure.self) { try await caller.call(Rule.self, NoFields()) }
        #expect(denied?.answer?.name == .accessDenied)
        let params = await #expect(throws: RPCFailure.self) {
            try await caller.call("ReadIt", ["x": 1], meta: RPCMeta())
        }
        #expect(params?.answer?.name == .invalidParams)
    }

    @Test func `items arrive in order and an error of the reader ends the stream`() async throws {
        let caller = InProcessCaller(table, door: .client)
        let (items, continuation) = AsyncStream<String>.makeStream()
        _ = try await caller.stream(Watch.self, NoFields()) { continuation.yield($0.text) }
        continuation.finish()
        #expect(await items.reduce("", +) == "01234")
        let failure = await #expect(throws: RPCFailure.self) {
            try await caller.stream(Watch.self, NoFields()) { _ in throw RPCFailure.lost("enough") }
        }
        #expect(failure == .lost("enough"))
    }

    @Test func `metrics are Prometheus text`() {
        let metrics = MetricSet()
        metrics.declare("fnf_calls_total", "Calls.")
        metrics.add("fnf_calls_total{method=\"A\"}", 2)
        metrics.add("fnf_calls_total{method=\"B\"}")
        metrics.gauge("fnf_open", "Open.") { 3 }
        #expect(
            metrics.prometheusText == """
                # HELP fnf_calls_total Calls.
                # TYPE fnf_calls_total counter
                fnf_calls_total{method="A"} 2
                fnf_calls_total{method="B"} 1
                # HELP fnf_open Open.
                # TYPE fnf_open gauge
                fnf_open 3

                """)
    }
}
