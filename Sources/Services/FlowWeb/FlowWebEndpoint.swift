package import HTTPMessage

/// The one HTTP endpoint of flow-web: finds who answers a request.
///
/// The message service lives under `/queues` and `/topics` (its library knows no path prefix), the workflow
/// API at `/`; the two meet in the message service's account call, which its Authorization header tells.
/// Pages have paths of their own, and `/` for a browser that asks for nothing else.
package struct FlowWebEndpoint: WebEndpoint {
    private let workflow: any WebEndpoint
    private let messages: any WebEndpoint
    private let pages: any WebEndpoint

    package init(workflow: any WebEndpoint, messages: any WebEndpoint, pages: any WebEndpoint) {
        self.workflow = workflow
        self.messages = messages
        self.pages = pages
    }

    /// The first parts of the paths of pages.
    package static let pageFolders: Set<Substring> = [
        "shop", "console", "signin", "signout", "language", "assets",
    ]

    private func endpoint(for head: WebHead?) -> any WebEndpoint {
        guard let head else { return workflow }
        if head.headers["Authorization"]?.hasPrefix("MNS ") == true { return messages }
        let first = head.path.split(separator: "/", maxSplits: 1).first
        if first == "queues" || first == "topics" { return messages }
        if let first { return Self.pageFolders.contains(first) ? pages : workflow }
        return Self.isBrowser(head) ? pages : workflow
    }

    /// The cloud's libraries name an action in the query, and take any content.
    private static func isBrowser(_ head: WebHead) -> Bool {
        head.path == "/" && ["GET", "HEAD"].contains(head.method) && head.query == nil
            && head.headers["x-acs-action"] == nil && head.headers["Accept"]?.contains("text/html") == true
    }

    package func bodyBytesMax(of head: WebHead) -> Int { endpoint(for: head).bodyBytesMax(of: head) }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        await endpoint(for: request.head).answer(request)
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        endpoint(for: head).refusal(of: fault, head: head)
    }
}
