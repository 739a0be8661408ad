package import HTTPMessage

/// One request to one address that was resolved and allowed before.
package struct HTTPExchange: Sendable {
    /// The address that is connected to, as a literal, e.g. `127.0.0.1` or `::1`.
    package var address: String
    package var port: Int
    /// TLS towards this name; nil: none.
    package var tlsName: String?
    package var request: WebRequest
    package var timeout: Duration
    package var answerBytesMax: Int

    package init(
        address: String, port: Int, tlsName: String?, request: WebRequest, timeout: Duration,
        answerBytesMax: Int
    ) {
        self.address = address
        self.port = port
        self.tlsName = tlsName
        self.request = request
        self.timeout = timeout
        self.answerBytesMax = answerBytesMax
    }
}
