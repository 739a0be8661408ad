import HTMLMarkup
import HTTPMessage
import Logging
import LoopSupport
import Primitives
import RPCProtocol

@testable import WebPages

/// A few pages behind a gate that knows people by a header.
struct Site {
    struct Gate: VisitorGate {
        func visitor(of head: WebHead) async -> Visitor {
            let role = head.headers["X-Role"].flatMap(VisitorRole.init(rawValue:))
            return Visitor(
                name: role.map { "\($0.rawValue)er" }, role: role, formToken: "token of this visitor",
                cookies: role == nil ? [SetCookie("visitor", "new")] : [])
        }
    }

    struct Broken: Error {}

    static let face = Face(
        word: "shop", home: "/shop", name: { $0("Shop", "商店") }, navigation: { _, _ in [] })

    let endpoint = PageEndpoint(
        [
            .get("/shop") { request in
                .page(Page(face, "Start") { request.form("/shop/orders") { "a form" } })
            },
            .get("/shop/orders/{order}") { request in .page(Page(face, "Order") { request["order"] }) },
            .get("/shop/orders/latest") { _ in .page(Page(face, "Order") { "the latest" }) },
            .post("/shop/orders") { request in .seeOther("/shop/orders/\(request.field("number"))") },
            .get("/inside", needs: .operate) { _ in .page(Page(face, "Inside") { "inside" }) },
            .post("/inside", needs: .operate) { _ in .seeOther("/inside") },
            .get("/broken") { _ in throw Broken() },
            .get("/away") { _ in throw RPCFailure.unreachable("no socket <there>") },
            .get("/missing") { _ in throw RPCFailure.answered(RPCError("OrderNotExists", "no order <7>")) },
            .get("/file") { _ in .file(name: "a \"b\".yaml", contentType: "text/yaml", text: "x: 1") },
        ], faces: [face], gate: Gate(), assets: PageAssets(), world: TestWorld(TestLoop()),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    func ask(
        _ method: String, _ target: String, form: String = "", headers: [(String, String)] = []
    ) async -> WebAnswer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let head = WebHead(
            method: method, path: parts[0], query: parts.count == 2 ? parts[1] : nil,
            headers: HeaderList([("Host", "shop.example:8080")] + headers))
        return await endpoint.answer(WebRequest(head, body: Array(form.utf8)))
    }
}

extension WebAnswer {
    var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
}
