package import HTTPMessage
import Primitives

/// The URLs of the article's Java service, for the article's page and handlers.
///
/// They are not signed and change state on GET, so they have a listener of their own, which is off unless
/// somebody asks for it.
package struct LegacyEndpoint: WebEndpoint {
    private let orders: LegacyOrders
    /// The origin whose pages may read the answers, `*` for any.
    private let allowOrigin: String

    package init(orders: LegacyOrders, allowOrigin: String) {
        self.orders = orders
        self.allowOrigin = allowOrigin
    }

    package func bodyBytesMax(of head: WebHead) -> Int { 0 }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        if request.head.method == "OPTIONS" { return preflight }
        do throws(LegacyFault) {
            guard request.head.method == "GET" else { throw .noSuchMethod }
            var members = try await orders.carryOut(try LegacyCall(request.head))
            members["message"] = "success"
            return answer(200, members)
        } catch {
            return failure(error)
        }
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer { failure(LegacyFault(fault)) }

    private func failure(_ fault: LegacyFault) -> WebAnswer {
        answer(
            fault.status,
            ["message": "fail", "code": .string(fault.code), "reason": .string(fault.reason)])
    }

    private func answer(_ status: Int, _ members: JSONObject) -> WebAnswer {
        WebAnswer(
            status: status,
            // What changes state must not be answered from a cache.
            headers: HeaderList(
                [("Content-Type", "application/json;charset=utf-8"), ("Cache-Control", "no-store")] + origin),
            body: .bytes(JSONValue.object(members).utf8Bytes))
    }

    private var preflight: WebAnswer {
        WebAnswer(
            status: 204,
            headers: HeaderList(
                origin + [("Access-Control-Allow-Methods", "GET"), ("Access-Control-Allow-Headers", "*")]))
    }

    private var origin: [(String, String)] {
        [("Access-Control-Allow-Origin", allowOrigin)] + (allowOrigin == "*" ? [] : [("Vary", "Origin")])
    }
}
