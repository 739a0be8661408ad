import ConsoleParts
import FlowEngine
import FlowEngineAPI
import FlowSchedule
import FlowStore
import FlowWeb
import HTTPMessage
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Testing
import WebPages

@testable import FlowPages

/// The pages of flows over an engine in the same process, behind a gate that knows people by a header.
final class Console: Sendable {
    struct Gate: VisitorGate {
        static let token = "token of this visitor"

        func visitor(of head: WebHead) async -> Visitor {
            let role = head.headers["X-Role"].flatMap(VisitorRole.init(rawValue:))
            let only = head.headers["X-Only"]
            return Visitor(
                name: role?.rawValue, role: role, formToken: Self.token,
                mayTouch: { flow in only.map { flow.hasPrefix($0) } ?? true })
        }
    }

    struct Nobody: RPCCaller {
        func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue
        {
            throw .unreachable("nobody listens")
        }

        func stream(
            _ method: String, _ params: JSONValue, meta: RPCMeta,
            onItem: @Sendable (JSONValue) async throws -> Void
        ) async throws(RPCFailure) -> JSONValue {
            throw .unreachable("nobody listens")
        }
    }

    let loop = TestLoop()
    let services: PageServices
    private let endpoint: PageEndpoint

    init() async throws {
        let world = TestWorld(loop)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let engine = FlowEngineService(
            store: MemoryStore(),
            keys: TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32))),
            resolver: ResourceResolver(), callers: { _ in Nobody() }, world: world, loop: loop,
            logger: quiet, metrics: MetricSet(), zones: { _ in .unknown(nearest: []) }
        ) { Issue.record("the store is broken: \($0)") }
        try await engine.recover()
        await engine.start()
        let methods = engine.methods
        let nobody = ServiceCallers(world: world, loop: loop) { _ in Nobody() }
        services = PageServices(
            engine: ServiceCallers(world: world, loop: loop) { InProcessCaller(methods, door: $0) },
            orders: nobody, payments: nobody, suppliers: nobody)
        endpoint = PageEndpoint(
            FlowPages.routes(services, EventHub(loop: loop)), faces: [ConsoleFace.face], gate: Gate(),
            assets: PageAssets(styles: [ConsoleStyles.text, FlowStyles.text], scripts: [FlowScript.text]),
            world: world, logger: quiet)
    }

    private func send(
        _ method: String, _ target: String, _ form: [(String, String)], _ role: String?, _ only: String?
    ) async -> WebAnswer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = HeaderList([("Host", "console.example")])
        if let role { headers.add("X-Role", role) }
        if let only { headers.add("X-Only", only) }
        let head = WebHead(
            method: method, path: parts[0], query: parts.count == 2 ? parts[1] : nil, headers: headers)
        let body = form.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }
            .joined(separator: "&")
        let request = WebRequest(head, body: Array(body.utf8))
        // On the loop, as the transport asks.
        return await Task(executorPreference: loop) { [endpoint] in await endpoint.answer(request) }.value
    }

    func get(_ target: String, as role: String? = "admin", only: String? = nil) async -> WebAnswer {
        await send("GET", target, [], role, only)
    }

    func post(
        _ target: String, _ form: [(String, String)], as role: String? = "admin", only: String? = nil
    ) async -> WebAnswer {
        await send("POST", target, form + [("csrf", Gate.token)], role, only)
    }

    /// Makes a flow by the page's own form.
    func make(_ name: String, _ definition: String, description: String = "") async throws {
        let made = await post(
            "/console/flows/new",
            [
                ("intent", "save"), ("name", name), ("definition", definition),
                ("description", description), ("mode", "Standard"),
            ])
        try #require(made.status == 303, "\(made.text)")
        #expect(made.headers["Location"] == "/console/flows/\(name)?said=created")
    }

    func record(_ name: String) async throws -> FlowRecord {
        try await services.engine.call(DescribeFlow.self, .with { $0.name = name }, as: .read)
    }

    /// Sends the editor's form.
    func edit(
        _ name: String, _ definition: String, _ intent: String, seen: String, as role: String = "admin"
    ) async -> WebAnswer {
        await post(
            "/console/flows/\(name)/edit",
            [("intent", intent), ("definition", definition), ("description", ""), ("seen", seen)], as: role)
    }
}

extension WebAnswer {
    var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
}

enum Flows {
    static let hello = """
        version: v1
        type: flow
        steps:
          - type: pass
            name: hello

        """
    static let twoSteps = """
        version: v1
        type: flow
        steps:
          - type: pass
            name: hello
          - type: wait
            name: rest
            duration: 30

        """
    /// Its third step has an error in line 11, its first a goto to nowhere in line 9.
    static let broken = """
        version: v1
        type: flow
        steps:
          - type: task
            name: pay
            resourceArn: acs:mns:::/topics/pay/messages
            catch:
              - errors: [FnF.ALL]
                goto: nowhere
          - {type: pass, name: rest}
          - type: choise
            name: which

        """
    static let order = """
        version: v1
        type: flow
        steps:
          - type: task
            name: ask
            resourceArn: acs:mns:::/topics/ask/messages
            pattern: waitForCallback
            timeoutSeconds: 300
            inputMappings:
              - {target: number, source: $input.number}
            outputMappings:
              - {target: method, source: $local.method}
            catch:
              - errors: [FnF.ALL]
                goto: canceled
          - type: choice
            name: which
            inputMappings:
              - {target: method, source: $local.method}
            choices:
              - condition: $.method == "card"
                steps:
                  - type: task
                    name: charge
                    resourceArn: acs:fc:::services/bank/functions/charge
            default:
              goto: canceled
          - {type: succeed, name: done}
          - {type: pass, name: canceled}

        """
    static let endless = """
        version: v1
        type: flow
        steps:
          - {type: pass, name: again}
          - type: choice
            name: always
            choices:
              - condition: 1 == 1
                goto: again
            default: {goto: again}

        """
}
