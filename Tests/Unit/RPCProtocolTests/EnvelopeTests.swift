import Primitives
import RPCProtocol
import Testing

@Suite struct EnvelopeTests {
    private func decode(_ text: String) throws(RPCMessage.Malformed) -> RPCMessage {
        try RPCMessage.decode(Array(text.utf8))
    }

    private func roundTrip(_ message: RPCMessage) throws -> RPCMessage {
        var bytes: [UInt8] = []
        message.encode(into: &bytes)
        var decoder = FrameDecoder()
        decoder.feed(bytes)
        return try RPCMessage.decode(try #require(try decoder.next()))
    }

    @Test func `every message is read back as it was written`() throws {
        let task = TaskMeta(
            flow: "f", execution: "e", step: "s", scheduledEventID: 7, attempt: 1, token: "t",
            deadline: Timestamp(rfc3339: "2026-11-23T09:30:00Z"), labels: ["order": "o-1"], redelivery: 2)
        var meta = RPCMeta(deadlineMs: 500, idempotencyKey: "k", labels: ["a": 1], task: task)
        meta.traceparent = "00-1-2-01"
        let error = RPCError("OwnName", "no", details: ["a": [1]], retryable: true, requestID: "r-1")
        let messages: [RPCMessage] = [
            .request(id: .integer(1), method: "Do", params: ["a": 1], meta: meta),
            .request(id: .string("x"), method: "Do", params: [:], meta: RPCMeta()),
            .reply(id: .integer(1), result: nil), .failure(id: nil, error), .failure(id: .string("x"), error),
            .item(id: .integer(-1), ["b": true]), .cancel(id: .string("")),
        ]
        for message in messages { #expect(try roundTrip(message) == message) }
    }

    @Test(arguments: [
        ("{", "ParseError"), ("{\"a\":1,\"a\":2}", "ParseError"), ("\u{1}", "ParseError"),
        ("[]", "InvalidRequest"),
        ("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}]", "InvalidRequest"), ("7", "InvalidRequest"),
        ("{}", "InvalidRequest"),
        (#"{"id":1,"method":"x"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"1.0","id":1,"method":"x"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","method":"x"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":null,"method":"x"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":1,"method":7}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":1,"method":"x","params":[1]}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":1,"method":"x","meta":"m"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","method":"rpc.cancel","params":{}}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":1}"#, "InvalidRequest"),
    ])
    func `what is no message is refused by name`(text: String, name: String) {
        let malformed = #expect(throws: RPCMessage.Malformed.self) { try decode(text) }
        #expect(malformed?.error.name.text == name)
    }

    @Test func `the id is echoed when the document could be read`() {
        let malformed = #expect(throws: RPCMessage.Malformed.self) {
            try decode(#"{"jsonrpc":"2.0","id":"a","method":"x","params":7}"#)
        }
        #expect(malformed?.id == .string("a"))
    }

    @Test func `an error name that this build does not know survives`() throws {
        let error = RPCError(RPCErrorName("OnlyTomorrow"), "…", details: ["x": nil])
        var frame: [UInt8] = []
        RPCMessage.failure(id: .integer(1), error).encode(into: &frame)
        let json = try #require(try JSONParser.parse(Array(frame.dropFirst(4)))["error"])
        #expect(RPCError(json: json) == error)
        #expect(json["code"] == -32001)
    }

    @Test func `members of meta that nobody knows are ignored`() throws {
        let message = try decode(
            #"{"jsonrpc":"2.0","id":1,"method":"x","meta":{"tomorrow":1,"deadlineMs":5}}"#)
        #expect(message == .request(id: .integer(1), method: "x", params: [:], meta: RPCMeta(deadlineMs: 5)))
    }
}
