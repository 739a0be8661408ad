import HTTPMessage
import Primitives
import RequestSigning

/// A client of the cloud endpoint: one connection, signed as the libraries do it.
final class WebConnection: Sendable {
    private let key: SigningKey
    private let connection: KeptConnection

    init(port: UInt16, key: SigningKey) {
        connection = KeptConnection(port: port)
        self.key = key
    }

    func open() async throws { try await connection.open() }

    func close() { connection.close() }

    /// Returns the answer's body. Throws: another status than 200.
    func call(_ action: String, _ parameters: [(String, String)]) async throws -> String {
        let answer = try await connection.ask(request(action, parameters))
        guard answer.status == 200 else {
            throw BenchFault("the cloud endpoint answered \(answer.head)\n\(answer.body)")
        }
        return answer.body
    }

    /// Sends a request whose answer nobody waits for.
    func send(_ action: String, _ parameters: [(String, String)]) async throws {
        try await connection.send(request(action, parameters))
    }

    private func request(_ action: String, _ parameters: [(String, String)]) -> String {
        var all = FormParameters(
            [("Action", action), ("Version", "2019-03-15"), ("Format", "JSON")] + parameters)
        let world = LiveWorld()
        all.add(RPCSignature.sign("POST", all, key: key, time: world.now, nonce: makeUUID(from: world)))
        let body = all.pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
        return "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(connection.port)\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            + body
    }
}
