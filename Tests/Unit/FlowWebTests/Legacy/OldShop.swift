import HTTPMessage
import LoopSupport
import Primitives
import RPCProtocol

@testable import FlowWeb

/// The article's URLs with the old books behind them.
final class OldShop: Sendable {
    let books = OldBooks()
    let loop = TestLoop()
    let toOrders: UnsteadyCaller
    let endpoint: LegacyEndpoint

    init(allowOrigin: String = "*") {
        toOrders = UnsteadyCaller(InProcessCaller(books.orderStore, door: .client))
        let callers = OrderCallers(
            client: toOrders, service: InProcessCaller(books.orderStore, door: .internal),
            world: GatehouseWorld(loop: loop), loop: loop)
        endpoint = LegacyEndpoint(
            orders: LegacyOrders(
                engine: Engine(caller: InProcessCaller(books.engine, door: .client)), orders: callers,
                loop: loop),
            allowOrigin: allowOrigin)
    }

    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
        let headers: HeaderList
    }

    func get(_ target: String, method: String = "GET") async -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let head = WebHead(method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil)
        let answer = await endpoint.answer(WebRequest(head))
        let text = String(decoding: answer.bytes ?? [], as: UTF8.self)
        return Answer(
            status: answer.status, json: (try? JSONParser.parse(text)) ?? .null, headers: answer.headers)
    }

    struct Engine: EnginePort {
        let caller: InProcessCaller

        func call(
            _ method: String, _ params: JSONValue, role: AccessGrant.Role, waits: Bool
        ) async throws(RPCFailure) -> JSONValue {
            try await caller.call(method, params, meta: RPCMeta())
        }
    }
}
