import HTTPEgressAPI
import HTTPMessage
import Primitives
import RPCProtocol

extension HTTPTarget {
    /// What http-egress is asked to send for a message that a client published to a bound topic.
    ///
    /// Throws: one sentence; the URL can't be made.
    func request(
        publishing text: String, to topic: String, key: String
    ) throws(WebLocation.Fault) -> SendRequest.Params {
        let url = try url(for: TopicName.resource(topic))
        let isJSON = (try? JSONParser.parse(text)) != nil
        return .with {
            $0.url = url
            $0.headers = [
                .with {
                    $0.name = "Content-Type"
                    $0.value = isJSON ? "application/json" : "text/plain; charset=utf-8"
                },
                .with {
                    $0.name = "X-Fnf-Idempotency-Key"
                    $0.value = key
                },
            ]
            $0.body = text
            $0.timeoutMs = Int64(timeoutSeconds) * 1000
            $0.answerBytesMax = Notification.answerBytesMax
        }
    }
}
