/// What is known of a request before its body is read.
package struct WebHead: Sendable, Hashable {
    /// Upper case, e.g. `GET`.
    package var method: String
    /// As on the request line, undecoded; begins with `/`. Of the absolute form (`GET http://host/path`) the
    /// path.
    package var path: String
    /// What follows the `?`, undecoded; nil without one.
    package var query: String?
    package var headers: HeaderList
    /// The address of the peer, e.g. `127.0.0.1`.
    package var peer: String
    /// It came through TLS that ended here.
    package var isSecure: Bool

    package init(
        method: String, path: String, query: String? = nil, headers: HeaderList = HeaderList(),
        peer: String = "127.0.0.1", isSecure: Bool = false
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.peer = peer
        self.isSecure = isSecure
    }

    /// Path and query exactly as they came, which is what the message service's signatures cover.
    package var target: String { query.map { "\(path)?\($0)" } ?? path }
}

/// A whole request; its body is as large as the endpoint allowed at most.
package struct WebRequest: Sendable, Hashable {
    package var head: WebHead
    package var body: [UInt8]

    package init(_ head: WebHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }
}
