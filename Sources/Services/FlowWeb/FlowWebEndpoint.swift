package import HTTPMessage

/// The one HTTP endpoint of flow-web: finds who answers a request.
///
/// The message service lives under `/queues` and `/topics` (its library knows no path prefix), the workflow
/// API at `/`; the two meet in the message service's account call, which its Authorization header tells.
package struct FlowWebEndpoint: WebEndpoint {
    private let workflow: any WebEndpoint
    private let messages: any WebEndpoint

    package init(workflow: any WebEndpoint, messages: any WebEndpoint) {
        self.workflow = workflow
        self.messages = messages
    }

    private func endpoint(for head: WebHead?) -> any WebEndpoint {
        guard let head else { return workflow }
        if head.headers["Authorization"]?.hasPrefix("MNS ") == true { return messages }
        let first = head.path.split(separator: "/", maxSplits: 1).first
        return first == "queues" || first == "topics" ? messages : workflow
    }

    package func bodyBytesMax(of head: WebHead) -> Int { endpoint(for: head).bodyBytesMax(of: head) }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        await endpoint(for: request.head).answer(request)
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        endpoint(for: head).refusal(of: fault, head: head)
    }
}
