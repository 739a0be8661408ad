/// What a request is answered. `Date`, `Content-Length` and `Connection` are the transport's.
package struct WebAnswer: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Written piece by piece until it returns; the length is not known beforehand.
        case stream(@Sendable (any WebBodySink) async throws -> Void)
    }

    package var status: Int
    package var headers: HeaderList
    package var body: Body

    package init(status: Int = 200, headers: HeaderList = HeaderList(), body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int = 200, contentType: String, text: String) {
        self.init(
            status: status, headers: HeaderList([("Content-Type", contentType)]),
            body: .bytes(Array(text.utf8)))
    }

    /// Nil of a stream.
    package var bytes: [UInt8]? { if case .bytes(let bytes) = body { bytes } else { nil } }
}

/// Where a stream's pieces go; a piece is awaited until the reader has taken enough. Throws when it is gone.
package protocol WebBodySink: Sendable {
    func write(_ bytes: [UInt8]) async throws
}
