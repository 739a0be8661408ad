import FlowEngine
import FlowSchedule
import FlowStore
import HTTPMessage
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Synchronization
import Testing

@testable import FlowWeb

/// Lets in who signed with a key of the list, within fifteen minutes and with a nonce of its own.
final class ListGate: AccessGate {
    private let keys: [String: (secret: String, grant: AccessGrant)]
    private let world: any World
    private let nonces = Mutex<Set<String>>([])
    let fault = Mutex<AccessFault?>(nil)

    init(_ grants: [AccessGrant], secret: String, world: any World) {
        keys = Dictionary(uniqueKeysWithValues: grants.map { ($0.accessKeyID, (secret, $0)) })
        self.world = world
    }

    func admit(_ request: SignedRequest) async throws(AccessFault) -> AccessGrant {
        if let fault = fault.withLock({ $0 }) { throw fault }
        guard let key = keys[request.accessKeyID] else { throw .unknownKey(request.accessKeyID) }
        let skew = request.time.duration(to: world.now)
        guard abs(skew.components.seconds) <= 900 else {
            throw .tooSkewed(requestTime: request.time, now: world.now)
        }
        guard request.isSigned(with: key.secret) else {
            throw .signatureMismatch(stringToSign: request.stringToSign)
        }
        if let nonce = request.nonce, !nonces.withLock({ $0.insert(nonce).inserted }) { throw .nonceUsed }
        return key.grant
    }
}

/// The endpoint over an engine in the same process, and who signs for it.
final class CloudUnderTest: Sendable {
    static let secret = "testsecret"
    static let grants = [
        AccessGrant(accessKeyID: "admin", role: .admin),
        AccessGrant(accessKeyID: "operator", role: .operate),
        AccessGrant(accessKeyID: "reader", role: .read),
        AccessGrant(accessKeyID: "orders", role: .admin, flows: ["Order*"]),
    ]

    let loop = TestLoop()
    let world: TestWorld
    let gate: ListGate
    let port: EngineCallers
    let doors: Doors
    let endpoint: CloudEndpoint
    private let nonces = Atomic<Int>(0)

    init(limits: EngineLimits = EngineLimits()) async throws {
        let world = TestWorld(loop)
        self.world = world
        let engine = FlowEngineService(
            store: MemoryStore(),
            keys: TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32))),
            resolver: ResourceResolver(), callers: { _ in NoService() }, world: world, loop: loop,
            logger: Logger(label: "engine") { _ in SwiftLogNoOpLogHandler() }, metrics: MetricSet(),
            zones: { _ in .unknown(nearest: []) }
        ) { Issue.record("the store is broken: \($0)") }
        try await engine.recover()
        await engine.start()
        gate = ListGate(Self.grants, secret: Self.secret, world: world)
        let doors = Doors(engine.methods)
        self.doors = doors
        port = EngineCallers(limits: limits, world: world, loop: loop, metrics: MetricSet()) { door in
            doors.connect(door)
        }
        endpoint = CloudEndpoint(
            gate: gate, engine: port, world: world,
            logger: Logger(label: "web") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Signed parameters, as the old signature has them in the query.
    func signed(
        _ action: String, _ parameters: [String: String] = [:], as key: String = "admin",
        method: String = "GET", without: Set<String> = [], changing: [String: String] = [:],
        secret: String = secret
    ) -> FormParameters {
        let nonce = nonces.add(1, ordering: .relaxed).newValue
        var all: [String: String] = [
            "Action": action, "Version": CloudActions.version, "Format": "JSON", "AccessKeyId": key,
            "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": "n-\(nonce)",
            "Timestamp": SigningTime.text(loop.now), "SignatureType": "",
        ]
        all.merge(parameters) { $1 }
        all.merge(changing.filter { $0.key != "Signature" }) { $1 }
        for name in without { all[name] = nil }
        var form = FormParameters(all.sorted { $0.key < $1.key })
        let text = RPCSignature.stringToSign(method, form)
        let code = SignedRequest.code(.rpc1, text, secret: secret)
        if !without.contains("Signature") {
            form.add(FormParameters([("Signature", changing["Signature"] ?? Base64.encode(code))]))
        }
        return form
    }

    func send(
        _ parameters: FormParameters, method: String = "GET", path: String = "/", inBody: Bool = false
    ) async -> WebAnswer {
        let text = parameters.pairs.map {
            "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))"
        }
        .joined(separator: "&")
        var headers = HeaderList([("Host", "127.0.0.1:8080")])
        if inBody { headers.add("content-type", "application/x-www-form-urlencoded; charset=UTF-8") }
        let head = WebHead(method: method, path: path, query: inBody ? nil : text, headers: headers)
        return await answer(WebRequest(head, body: inBody ? Array(text.utf8) : []))
    }

    /// On the loop, as the transport asks.
    func answer(_ request: WebRequest) async -> WebAnswer {
        let task = Task(executorPreference: loop) { [endpoint] in await endpoint.answer(request) }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Calls an action with the old signature.
    func call(
        _ action: String, _ parameters: [String: String] = [:], as key: String = "admin"
    ) async throws -> (status: Int, body: JSONValue) {
        try Self.read(await send(signed(action, parameters, as: key)))
    }

    /// The members of an answer that must be a success.
    @discardableResult
    func ask(
        _ action: String, _ parameters: [String: String] = [:], as key: String = "admin"
    ) async throws -> JSONValue {
        let (status, body) = try await call(action, parameters, as: key)
        try #require(status == 200, "\(action): \(body.text)")
        return body
    }

    /// Every answer is a JSON object with the request's id, whatever happened.
    static func read(_ answer: WebAnswer) throws -> (status: Int, body: JSONValue) {
        #expect(answer.headers["Content-Type"] == "application/json;charset=utf-8")
        let body = try JSONParser.parse(try #require(answer.bytes))
        let id = try #require(body["RequestId"]?.stringValue)
        #expect(answer.headers["x-acs-request-id"] == id)
        if answer.status != 200 {
            let names = Set((body.objectValue ?? [:]).map(\.key))
            #expect(names == ["RequestId", "HostId", "Code", "Message"])
        }
        return (answer.status, body)
    }
}

/// Nobody is called: the flows of these tests have no tasks that are bound.
struct NoService: RPCCaller {
    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        throw .unreachable("nobody listens")
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        throw .unreachable("nobody listens")
    }
}

/// The doors of the engine: how often each was connected to, and what calls fail with first.
final class Doors: Sendable {
    private struct State {
        var connections: [RPCDoor: Int] = [:]
        var failures: [RPCFailure] = []
        var asked: [(method: String, params: JSONValue, key: String?)] = []
    }

    private let methods: HandlerTable
    private let state = Mutex(State())

    init(_ methods: HandlerTable) { self.methods = methods }

    var entries: [String: HandlerTable.Entry] { methods.entries }
    var connections: [RPCDoor: Int] { state.withLock { $0.connections } }
    var asked: [(method: String, params: JSONValue, key: String?)] { state.withLock { $0.asked } }

    /// The next calls fail so, one after the other; before they do anything.
    func fail(_ failures: RPCFailure...) { state.withLock { $0.failures = failures } }

    func connect(_ door: RPCDoor) -> any RPCCaller {
        state.withLock { $0.connections[door, default: 0] += 1 }
        return Caller(doors: self, inner: InProcessCaller(methods, door: door))
    }

    private struct Caller: RPCCaller {
        let doors: Doors
        let inner: InProcessCaller

        func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue
        {
            let failure = doors.state.withLock { state in
                state.asked.append((method, params, meta.idempotencyKey))
                return state.failures.isEmpty ? nil : state.failures.removeFirst()
            }
            // A reply is lost after the work was done.
            if case .lost = failure { _ = try await inner.call(method, params, meta: meta) }
            if let failure { throw failure }
            return try await inner.call(method, params, meta: meta)
        }

        func stream(
            _ method: String, _ params: JSONValue, meta: RPCMeta,
            onItem: @Sendable (JSONValue) async throws -> Void
        ) async throws(RPCFailure) -> JSONValue {
            try await inner.stream(method, params, meta: meta, onItem: onItem)
        }
    }
}

/// The flows of the tests.
enum CloudFlows {
    static let pass = """
        version: v1
        type: flow
        steps:
          - type: pass
            name: hello
        """
    static let rest = """
        version: v1
        type: flow
        steps:
          - type: wait
            name: rest
            duration: 3000
        """
    static let fail = """
        version: v1
        type: flow
        steps:
          - type: fail
            name: broken
            error: OutOfStock
            cause: sold out
        """
    /// Its token goes into a queue.
    static let ask = """
        version: v1
        type: flow
        steps:
          - type: task
            name: ask
            resourceArn: acs:mns:::/queues/asked/messages
            pattern: waitForCallback
            inputMappings:
              - target: taskToken
                source: $context.task.token
            serviceParams:
              MessageBody: $
        """
}
