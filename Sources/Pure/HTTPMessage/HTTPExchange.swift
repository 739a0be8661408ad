/// One request to one address that was resolved and allowed before.
package struct HTTPExchange: Sendable {
    /// The address that is connected to; nobody resolves a name any more.
    package var address: IPAddress
    package var port: Int
    /// TLS towards this host, whose certificate must be valid; nil: none.
    package var tlsHost: WebLocation.Host?
    /// With its `Host` header; `Content-Length` and `Connection` are the sender's.
    package var request: WebRequest
    /// From the connect to the last byte of the answer.
    package var timeout: Duration
    package var answerBytesMax: Int

    package init(
        address: IPAddress, port: Int, tlsHost: WebLocation.Host? = nil, request: WebRequest,
        timeout: Duration, answerBytesMax: Int
    ) {
        self.address = address
        self.port = port
        self.tlsHost = tlsHost
        self.request = request
        self.timeout = timeout
        self.answerBytesMax = answerBytesMax
    }
}

/// Why a request brought no answer.
package enum HTTPExchangeFault: Error, Sendable, Hashable {
    /// Nothing was sent.
    case notConnected(String)
    /// It was sent, at least in part, and the connection ended before the whole answer.
    case lost(String)
    /// It was sent, and the answer was not there in time.
    case timedOut
    case answerTooLarge(bytesMax: Int)
    /// The caller is gone.
    case canceled
}

/// Something that carries a request out and its answer back; it sends nothing twice and follows nothing.
package protocol HTTPSender: Sendable {
    func send(_ exchange: HTTPExchange) async throws(HTTPExchangeFault) -> WebAnswer
}

/// Something that knows the addresses of names.
package protocol NameResolver: Sendable {
    /// At least one, the best first. Throws: `notConnected` or `canceled`.
    func addresses(of name: String, within limit: Duration) async throws(HTTPExchangeFault) -> [IPAddress]
}
