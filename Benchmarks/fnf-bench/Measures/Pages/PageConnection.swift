/// A browser as far as figures need one: one connection, a jar of cookies.
final class PageConnection: @unchecked Sendable { // touched on the shared loop only
    typealias Answer = KeptConnection.Answer

    private let connection: KeptConnection
    private(set) var cookies: [String: String]

    init(port: UInt16, cookies: [String: String] = [:]) {
        connection = KeptConnection(port: port)
        self.cookies = cookies
    }

    func open() async throws { try await connection.open() }

    func close() { connection.close() }

    func ask(_ method: String, _ path: String, form: String? = nil) async throws -> Answer {
        let answer = try await connection.ask(request(method, path, form))
        for cookie in KeptConnection.values("Set-Cookie", in: answer.head) {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }

    /// Begins to listen to a page's events; returns when the first has come.
    func listen(to path: String) async throws {
        try await connection.send(request("GET", path, nil))
        try await connection.until("event: change")
    }

    /// The next event. What came before it is forgotten.
    func nextEvent() async throws {
        connection.forget()
        try await connection.until("event: ")
    }

    private func request(_ method: String, _ path: String, _ form: String?) -> String {
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let type = "Content-Type: application/x-www-form-urlencoded"
        let body = form.map { "\(type)\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)" } ?? "\r\n"
        return "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(connection.port)\r\nAccept: text/html\r\n"
            + (cookie.isEmpty ? "" : "Cookie: \(cookie)\r\n") + body
    }
}
