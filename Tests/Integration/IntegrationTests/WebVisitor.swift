import HTTPMessage
import Testing

/// A browser by plain system calls: keeps cookies, and sends a form with the token of the page that shows it.
final class WebVisitor {
    struct Answer {
        let status: Int
        let text: String
        /// Whole headers `Set-Cookie`.
        let cookies: [String]
        let location: String?

        var formToken: String? {
            text.firstRange(of: "name=\"csrf\" value=\"").map { range in
                String(text[range.upperBound...].prefix { $0 != "\"" })
            }
        }
    }

    private let port: UInt16
    /// What a proxy before the listener would add.
    private let headers: String
    private(set) var jar: [String: String] = [:]

    init(port: UInt16, headers: String = "") {
        (self.port, self.headers) = (port, headers)
    }

    func get(_ target: String) throws -> Answer { try ask("GET", target, "") }

    func post(_ path: String, _ fields: [(String, String)] = [], from page: String) throws -> Answer {
        let token = try #require(try get(page).formToken)
        let body = (fields + [("csrf", token)])
            .map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        return try ask("POST", path, body)
    }

    func signIn(_ key: String, _ secret: String, to place: String = "") throws -> Answer {
        try post("/signin", [("key", key), ("secret", secret), ("to", place)], from: "/signin")
    }

    private func ask(_ method: String, _ target: String, _ body: String) throws -> Answer {
        let cookies = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let client = try HTTPAsk(port: port)
        client.send(
            "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(headers)"
                + (cookies.isEmpty ? "" : "Cookie: \(cookies)\r\n")
                + (method == "POST"
                    ? "Content-Type: application/x-www-form-urlencoded\r\n"
                        + "Origin: http://127.0.0.1:\(port)\r\nContent-Length: \(body.utf8.count)\r\n" : "")
                + "\r\n" + body)
        let text = client.receive()
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        let set = lines.compactMap { Self.value("set-cookie", $0) }
        for cookie in set {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            jar[pair[0]] = cookie.contains("Max-Age=0") ? nil : pair[1]
        }
        return Answer(
            status: try #require(Int(lines[0].split(separator: " ")[1])),
            text: String(text[end.upperBound...]),
            cookies: set, location: lines.compactMap { Self.value("location", $0) }.first)
    }

    private static func value(_ name: String, _ line: String) -> String? {
        line.lowercased().hasPrefix("\(name): ") ? String(line.dropFirst(name.count + 2)) : nil
    }
}
