import HTTPMessage
import MessageXML

/// What the message service answers: a status, at most a location, at most a document.
struct MessageReply: Sendable {
    static let version = "2015-06-06"

    var status: Int
    var location: String?
    var document: MessageElement?
    /// More headers than each answer has.
    var headers: [(String, String)] = []

    init(_ status: Int, location: String? = nil, document: MessageElement? = nil) {
        self.status = status
        self.location = location
        self.document = document
    }

    /// Shape: the four children that the library expects of an error.
    init(_ fault: MessageFault, requestID: String, host: MessageOrigin) {
        self.init(
            fault.status,
            document: MessageElement(
                "Error",
                children: [
                    MessageElement("Code", text: fault.code), MessageElement("Message", text: fault.message),
                    MessageElement("RequestId", text: requestID), MessageElement("HostId", text: host.text),
                ]))
        headers = fault.headers
    }

    func answer(requestID: String) -> WebAnswer {
        var answer = WebAnswer(
            status: status,
            headers: HeaderList([("x-mns-request-id", requestID), ("x-mns-version", Self.version)]))
        if let location { answer.headers["Location"] = location }
        for (name, value) in headers { answer.headers.add(name, value) }
        if let document {
            answer.headers["Content-Type"] = "text/xml;charset=utf-8"
            answer.body = .bytes(MessageXML.write(document))
        }
        return answer
    }
}

extension MessageElement {
    /// Elements with text, in this order.
    init(_ name: String, _ texts: KeyValuePairs<String, String>) {
        self.init(name, children: texts.map { MessageElement($0.key, text: $0.value) })
    }
}
