import HTTPMessage
import Primitives

/// Makes the answers to one request.
struct CloudReply: Sendable {
    /// In the answer, in the header and in the log.
    var requestID: String
    /// What the client calls this server, given back as it came; libraries want one in every error.
    let host: String

    private static let hostBytesMax = 255
    private static let requestIDBytesMax = 64

    init(_ head: WebHead?, world: any World) {
        requestID = makeUUID(from: world).uppercased()
        let host = head?.headers["Host"] ?? ""
        self.host = (1...Self.hostBytesMax).contains(host.utf8.count) ? host : "localhost"
    }

    /// Old libraries choose the request's id themselves.
    mutating func take(requestID given: String?) {
        guard let given, (1...Self.requestIDBytesMax).contains(given.utf8.count) else { return }
        let isPlain = given.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if isPlain { requestID = given }
    }

    func success(_ members: JSONObject) -> WebAnswer { answer(200, members) }

    func failure(_ error: CloudError) -> WebAnswer {
        var answer = answer(
            error.status,
            [
                "HostId": .string(host), "Code": .string(error.code), "Message": .string(error.message),
            ])
        if let retryAfter = error.retryAfter {
            let (seconds, attoseconds) = retryAfter.components
            let milliseconds = max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
            answer.headers.add("x-acs-retry-after", "\(milliseconds)")
        }
        return answer
    }

    private func answer(_ status: Int, _ members: JSONObject) -> WebAnswer {
        var body = members
        body["RequestId"] = .string(requestID)
        return WebAnswer(
            status: status,
            headers: HeaderList([
                ("Content-Type", "application/json;charset=utf-8"), ("x-acs-request-id", requestID),
            ]), body: .bytes(JSONValue.object(body).utf8Bytes))
    }
}
