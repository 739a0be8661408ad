import Primitives
import RPCProtocol
import Synchronization
import Testing

private enum Begin: RPCMethod {
    static let summary = "Begins."
    static let roles: Set<RPCRole> = [.admin]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

private enum Look: RPCMethod {
    static let summary = "Looks."
    static let roles: Set<RPCRole> = [.read]
    static let errors: [RPCErrorName] = []
    static let exampleParams = NoFields()
    static let exampleResult = NoFields()
}

private final class Turnstile: AdmissionGate {
    private let refusal: Mutex<Refusal?>
    let asked = Atomic(0)

    init(_ refusal: Refusal?) { self.refusal = Mutex(refusal) }

    var isShut: Bool { refusal.withLock { $0 != nil } }

    func admit() -> Refusal? {
        asked.add(1, ordering: .relaxed)
        return refusal.withLock { $0 }
    }

    func open() { refusal.withLock { $0 = nil } }
}

@Suite struct AdmissionTests {
    private static let error = RPCError.throttled("too \"much\"", retryAfter: .milliseconds(70))

    private func table(_ gate: Turnstile) -> HandlerTable {
        var table = HandlerTable()
        table.on(Begin.self, gate: gate) { _, _ in NoFields() }
        table.on(Look.self) { _, _ in NoFields() }
        return table
    }

    private func refused(_ text: String, _ table: HandlerTable, _ door: RPCDoor = .admin) -> RPCRequestID? {
        Array(text.utf8).withUnsafeBufferPointer { table.refusal(of: $0, through: door)?.id }
    }

    @Test(arguments: [
        #"{"id":7,"jsonrpc":"2.0","method":"Begin","params":{}}"#,
        #"{"jsonrpc":"2.0","params":{"a":[{"method":"Look","id":1}]},"method":"Begin","id":7}"#,
        #" { "method" : "Begin" , "id" : 7 , "rest" of it is not looked at"#,
    ])
    func `a request of a method whose gate is shut is refused by its head`(text: String) {
        #expect(refused(text, table(Turnstile(Refusal(Self.error)))) == .integer(7))
    }

    @Test(arguments: [
        #"{"id":7,"jsonrpc":"2.0","method":"Look","params":{}}"#,
        #"{"jsonrpc":"2.0","method":"rpc.cancel","params":{"id":7}}"#,
        #"{"id":7,"jsonrpc":"2.0","method":"B\u0065gin"}"#, #"{"id":7,"result":{"method":"Begin"}}"#,
        #"{"id":1.5,"method":"Begin"}"#, #"["Begin",7]"#, "", "{", #"{"id":7,"method":"Begin"#,
    ])
    func `everything else is read whole`(text: String) {
        #expect(refused(text, table(Turnstile(Refusal(Self.error)))) == nil)
    }

    @Test func `a door that does not give the role is told so and not that there is no room`() {
        let gate = Turnstile(Refusal(Self.error))
        #expect(refused(#"{"id":7,"method":"Begin"}"#, table(gate), .client) == nil)
        #expect(gate.asked.load(ordering: .relaxed) == 0)
    }

    @Test func `an open gate is asked once, when the request was read`() throws {
        let gate = Turnstile(nil)
        let table = table(gate)
        #expect(refused(#"{"id":7,"method":"Begin"}"#, table) == nil)
        #expect(gate.asked.load(ordering: .relaxed) == 0)
        _ = try table.entry(for: "Begin", through: .admin)
        #expect(gate.asked.load(ordering: .relaxed) == 1)
    }

    @Test(arguments: [RPCRequestID.integer(-3), .string("a \"b\"")])
    func `a refusal is the frame of its error`(id: RPCRequestID) throws {
        var error = Self.error
        error.requestID = RequestName("k3-1", number: 12).text
        var (frame, plain): ([UInt8], [UInt8]) = ([], [])
        Refusal(Self.error).encode(id: id, request: RequestName("k3-1", number: 12), into: &frame)
        RPCMessage.failure(id: id, error).encode(into: &plain)
        #expect(frame == plain)
        #expect(try RPCMessage.decode(Array(frame.dropFirst(4))) == .failure(id: id, error))
    }
}
