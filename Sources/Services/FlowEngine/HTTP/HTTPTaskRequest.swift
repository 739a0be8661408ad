import FlowCore
import FlowDefinition
import FlowModel
import HTTPEgressAPI
import HTTPMessage
import Primitives
import RPCProtocol

extension HTTPTarget {
    /// What http-egress is asked to send for an attempt.
    ///
    /// Throws: one sentence; the URL can't be made.
    func request(
        for delivery: Delivery, _ call: TaskCall, limits: FlowLimits
    ) throws(WebLocation.Fault) -> SendRequest.Params {
        let invocation = delivery.invocation
        let url = try url(for: invocation.resourceArn)
        return .with {
            $0.url = url
            $0.headers = headers(delivery, call)
            $0.body = call.messageText ?? JSONValue.object(call.params).text
            $0.timeoutMs = Int64(timeoutSeconds) * 1000
            $0.answerBytesMax = min(Int64(limits.stepDataBytesMax), 4_194_304)
        }
    }

    private func headers(_ delivery: Delivery, _ call: TaskCall) -> [SendRequest.Header] {
        let invocation = delivery.invocation
        let isText = call.messageText != nil && !call.isJSONMessage
        var headers = [
            ("Content-Type", isText ? "text/plain; charset=utf-8" : "application/json"),
            ("X-Fnf-Idempotency-Key", Self.headerText(delivery.attemptKey)),
        ]
        if invocation.resourceArn.hasPrefix("acs:fc:") {
            let isAsync = invocation.serviceParams["InvocationType"]?.stringValue == "Async"
            headers.append(("X-Fc-Invocation-Type", isAsync ? "Async" : "Sync"))
            if let id = invocation.serviceParams["StatefulAsyncInvocationID"]?.stringValue {
                headers.append(("X-Fc-Stateful-Async-Invocation-Id", Self.headerText(id)))
            }
        }
        if invocation.pattern.waitsForReport {
            headers.append(("X-Fnf-Task-Token", Self.headerText(invocation.token)))
        }
        return headers.map { name, value in
            .with {
                $0.name = name
                $0.value = value
            }
        }
    }

    /// Headers hold visible ASCII; other texts are percent-encoded.
    private static func headerText(_ text: String) -> String {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : PercentCoding.encode(text)
    }
}
