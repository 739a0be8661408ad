import HTMLMarkup
import HTTPMessage
import Logging
import Synchronization
import WebPages

@testable import FlowWeb

/// Somebody's browser at the pages of a gatehouse: keeps cookies, sends the forms that it was shown.
final class Browser: Sendable {
    struct Seen: Sendable {
        let status: Int
        let headers: HeaderList
        let text: String

        var location: String? { headers["Location"] }
        var setCookies: [String] { headers.values("Set-Cookie") }

        /// Of the first form.
        var formToken: String? {
            guard let begin = text.firstRange(of: "name=\"csrf\" value=\"")?.upperBound else { return nil }
            return String(text[begin...].prefix { $0 != "\"" })
        }
    }

    private let endpoint: PageEndpoint
    private let peer: String
    private let isSecure: Bool
    private let jar = Mutex<[String: String]>([:])

    init(_ house: Gatehouse, peer: String = "127.0.0.1", isSecure: Bool = false) {
        let face = Face(word: "test", home: "/", name: { _ in "test" }, navigation: { _, _ in [] })
        let routes: [PageRoute] = [
            .get("/who") { request in
                let visitor = request.visitor
                let orders = visitor.mayTouch(flow: "OrderDemo"), other = visitor.mayTouch(flow: "Other")
                let text =
                    "\(visitor.name ?? "nobody") \(visitor.role?.rawValue ?? "none") \(orders) \(other)"
                return .page(
                    Page(face, "Who") {
                        el("p", .id("who")) { text }
                        request.form("/change") { HTML() }
                    })
            },
            .get("/console/keys", needs: .admin) { _ in .page(Page(face, "Keys") { "keys" }) },
            .post("/change", needs: .operate) { _ in .seeOther("/who") },
        ]
        endpoint = PageEndpoint(
            routes + SessionPages.routes(house.sessions), faces: [face], gate: house.sessions,
            assets: PageAssets(), world: GatehouseWorld(loop: house.loop),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        self.peer = peer
        self.isSecure = isSecure
    }

    func cookie(_ name: String) -> String? { jar.withLock { $0[name] } }
    func set(_ name: String, _ value: String?) { jar.withLock { $0[name] = value } }

    var session: String? { cookie(SessionDesk.sessionCookie) }

    func get(_ target: String, headers: [(String, String)] = []) async -> Seen {
        await ask("GET", target, headers: headers)
    }

    /// - Parameter token: nil: that of the form which the browser is shown at `page`.
    @discardableResult
    func post(
        _ path: String, _ fields: [(String, String)] = [], from page: String = "/signin",
        token: String? = nil, headers: [(String, String)] = []
    ) async -> Seen {
        var token = token
        if token == nil { token = await get(page).formToken }
        let body = (fields + [("csrf", token ?? "")])
            .map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return await ask("POST", path, body: body, headers: headers)
    }

    @discardableResult
    func signIn(
        _ key: String = "me", _ secret: String = "s3cret-of-the-test", to place: String = ""
    ) async -> Seen {
        await post("/signin", [("key", key), ("secret", secret), ("to", place)])
    }

    /// Name, role, and whether it may touch OrderDemo and another flow.
    var who: String {
        get async {
            let text = await get("/who").text
            guard let begin = text.firstRange(of: "<p id=\"who\">")?.upperBound else {
                return "no page: \(text)"
            }
            return String(text[begin...].prefix { $0 != "<" })
        }
    }

    private func ask(
        _ method: String, _ target: String, body: String = "", headers: [(String, String)]
    ) async -> Seen {
        let parts = target.split(separator: "?", maxSplits: 1)
        var list = HeaderList([("Host", "127.0.0.1:8080")] + headers)
        let cookies = jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        if !cookies.isEmpty { list.add("Cookie", cookies) }
        let head = WebHead(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            headers: list, peer: peer, isSecure: isSecure)
        let answer = await endpoint.answer(WebRequest(head, body: Array(body.utf8)))
        keep(answer.headers.values("Set-Cookie"))
        return Seen(
            status: answer.status, headers: answer.headers,
            text: String(decoding: answer.bytes ?? [], as: UTF8.self))
    }

    private func keep(_ cookies: [String]) {
        for cookie in cookies {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            set(String(pair[0]), cookie.contains("Max-Age=0") ? nil : String(pair[1]))
        }
    }
}
