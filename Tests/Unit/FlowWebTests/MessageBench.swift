import FlowEngineAPI
import FlowSchedule
import FlowStore
import FlowWeb
import HTTPMessage
import Logging
import LoopSupport
import MessageXML
import Primitives
import RPCProtocol
import RequestSigning
import Testing

@testable import FlowEngine

/// The message service over an engine in the same process, with a clock that only the test moves, and a client
/// that signs as the library does.
final class MessageBench: Sendable {
    static let admin = SigningKey(id: "testid", secret: "testsecret")
    static let worker = SigningKey(id: "worker", secret: "w")
    static let reader = SigningKey(id: "reader", secret: "r")

    let loop = TestLoop()
    let engine: FlowEngineService
    let service: MessageService
    let gate: KeyTable

    init(gate faults: KeyTable.Fault? = nil, port: (any EnginePort)? = nil) async throws {
        let world = TestWorld(loop)
        engine = FlowEngineService(
            store: MemoryStore(),
            keys: TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32))),
            resolver: ResourceResolver([]), callers: { _ in Nobody() }, world: world, loop: loop,
            logger: Logger(label: "engine") { _ in SwiftLogNoOpLogHandler() }, metrics: MetricSet(),
            zones: { _ in .unknown(nearest: []) }
        ) { error in Issue.record(error) }
        try await engine.recover()
        await engine.start()
        gate = KeyTable(world: world, fault: faults)
        service = MessageService(engine: port ?? DirectPort(table: engine.methods), gate: gate, world: world)
    }

    /// Sends a request as the library would, and finds fault with what no answer may lack.
    func send(
        _ method: String, _ target: String, _ body: String? = nil, headers: [(String, String)] = [],
        key: SigningKey = admin, skew: Duration = .zero, edit: (inout WebHead) -> Void = { _ in }
    ) async -> Reply {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var head = WebHead(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil,
            headers: HeaderList(
                headers + [("Host", "127.0.0.1:8080"), ("x-mns-version", "2015-06-06")]))
        if body != nil { head.headers["Content-Type"] = "text/xml;charset=UTF-8" }
        head = MessageSignature.sign(head, key: key, time: loop.now.advanced(by: skew))
        edit(&head)
        return Reply(await service.answer(WebRequest(head, body: Array((body ?? "").utf8))))
    }

    @discardableResult
    func make(_ queue: String, _ attributes: String = "") async -> Reply {
        await send("PUT", "/queues/\(queue)", Self.document("Queue", attributes))
    }

    func post(_ body: String, to queue: String, more: String = "") async -> Reply {
        await send(
            "POST", "/queues/\(queue)/messages",
            Self.document("Message", "<MessageBody>\(body)</MessageBody>\(more)"))
    }

    func receive(_ queue: String, _ query: String = "") async -> Reply {
        await send("GET", "/queues/\(queue)/messages\(query)")
    }

    /// Returns when so many receives wait in the engine.
    func untilWaiting(_ count: Int) async {
        let engine = engine
        await loop.until { engine.assumeIsolated { $0.parked.count == count } }
    }

    static func document(_ root: String, _ content: String) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><\(root) xmlns=\"http://mns.aliyuncs.com/doc/v1/\">\(content)</\(root)>"
    }

    /// An answer as a client sees it.
    struct Reply: Sendable {
        let status: Int
        let headers: HeaderList
        let document: MessageElement?

        init(_ answer: WebAnswer) {
            status = answer.status
            headers = answer.headers
            let bytes = answer.bytes ?? []
            document = bytes.isEmpty ? nil : try? MessageXML.read(bytes)
            #expect(headers["x-mns-version"] == "2015-06-06")
            #expect(headers["x-mns-request-id"]?.count == 32)
            #expect(bytes.isEmpty == (document == nil), "the document can't be read")
            #expect(headers["Content-Type"] == (bytes.isEmpty ? nil : "text/xml;charset=utf-8"))
            if document?.name == "Error" {
                #expect(document?.children.map(\.name) == ["Code", "Message", "RequestId", "HostId"])
                #expect(self["RequestId"] == headers["x-mns-request-id"] && self["Message"]?.isEmpty == false)
            }
        }

        subscript(name: String) -> String? { document?[name]?.text }
        var code: String? { document?.name == "Error" ? self["Code"] : nil }
        var message: String { self["Message"] ?? "" }
        /// Of each child that has one.
        func all(_ name: String) -> [String] { document?.children.compactMap { $0[name]?.text } ?? [] }
    }
}

/// Every door of the engine, without sockets.
struct DirectPort: EnginePort {
    let table: HandlerTable

    func call(
        _ method: String, _ params: JSONValue, role: AccessGrant.Role, waits: Bool
    ) async throws(RPCFailure) -> JSONValue {
        try await InProcessCaller(table, door: role == .admin ? .admin : .client)
            .call(method, params, meta: RPCMeta())
    }
}

/// Fails each call in the same way.
struct BrokenPort: EnginePort {
    let failure: RPCFailure

    func call(
        _ method: String, _ params: JSONValue, role: AccessGrant.Role, waits: Bool
    ) async throws(RPCFailure) -> JSONValue { throw failure }
}

/// What no task of these tests calls.
struct Nobody: RPCCaller {
    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        throw .unreachable("nobody is there")
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue { throw .unreachable("nobody is there") }
}

/// The keys of the tests: one of each role, checked in the order that the real gate promises.
struct KeyTable: AccessGate {
    typealias Fault = AccessFault

    let world: TestWorld
    let fault: Fault?

    func admit(_ request: SignedRequest) async throws(AccessFault) -> AccessGrant {
        if let fault { throw fault }
        let keys: [(SigningKey, AccessGrant.Role)] = [
            (MessageBench.admin, .admin), (MessageBench.worker, .operate), (MessageBench.reader, .read),
        ]
        guard let (key, role) = keys.first(where: { $0.0.id == request.accessKeyID }) else {
            throw .unknownKey(request.accessKeyID)
        }
        let skew = request.time.duration(to: world.now)
        guard (.seconds(-900)...(.seconds(900))).contains(skew) else {
            throw .tooSkewed(requestTime: request.time, now: world.now)
        }
        guard request.isSigned(with: key.secret) else {
            throw .signatureMismatch(stringToSign: request.stringToSign)
        }
        return AccessGrant(accessKeyID: key.id, role: role)
    }
}
