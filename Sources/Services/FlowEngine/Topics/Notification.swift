import FlowStore
import HTTPEgressAPI
import MessageXML
import Primitives
import RPCProtocol

/// A message as one subscription is to have it. Source: MNS 2015-06-06, "Notification".
struct Notification {
    let subscription: StoredSubscription
    let message: PublishedMessage

    static let version = "2015-06-06"

    var body: String {
        switch subscription.format {
        case .simplified: message.body
        case .json:
            JSONValue.object(
                JSONObject(members.map { ($0, $0 == "PublishTime" ? .integer(publishTime) : .string($1)) })
            ).text
        case .xml:
            String(
                decoding: MessageXML.write(
                    MessageElement("Notification", children: members.map { MessageElement($0, text: $1) })),
                as: UTF8.self)
        }
    }

    /// Units: milliseconds since 1970.
    private var publishTime: Int64 { message.published.microseconds / 1000 }

    private var members: [(String, String)] {
        var members = [
            ("TopicOwner", TopicName.owner), ("TopicName", subscription.topicName),
            ("Subscriber", TopicName.owner), ("SubscriptionName", subscription.name),
            ("MessageId", message.id), ("Message", message.body), ("MessageMD5", TaskCall.md5(message.body)),
        ]
        if let tag = message.tag { members.append(("MessageTag", tag)) }
        members.append(("PublishTime", "\(publishTime)"))
        return members
    }

    /// The request that carries it.
    ///
    /// - Parameter id: of this try.
    func request(to url: String, id: String) -> SendRequest.Params {
        var headers = [
            ("content-type", contentType), ("x-mns-request-id", id), ("x-mns-version", Self.version),
        ]
        if subscription.format == .simplified {
            headers.append(("x-mns-message-id", message.id))
            if let tag = message.tag { headers.append(("x-mns-message-tag", tag)) }
        }
        return .with {
            $0.url = url
            $0.headers = headers.map { name, value in
                .with {
                    $0.name = name
                    $0.value = value
                }
            }
            $0.body = body
            $0.timeoutMs = 5_000
            $0.answerBytesMax = Self.answerBytesMax
        }
    }

    /// Nobody reads the answer. Units: bytes.
    static let answerBytesMax: Int64 = 1_048_576

    private var contentType: String {
        switch subscription.format {
        case .xml: "text/xml;charset=utf-8"
        case .json: "application/json;charset=utf-8"
        case .simplified: "text/plain;charset=utf-8"
        }
    }
}
