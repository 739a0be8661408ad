/// Something that answers requests. It is called on the service's loop and knows no socket.
package protocol WebEndpoint: Sendable {
    /// Units: bytes. The largest body that is read for such a request; asked before the body is read.
    func bodyBytesMax(of head: WebHead) -> Int

    /// Cancellation means that the peer is gone.
    func answer(_ request: WebRequest) async -> WebAnswer

    /// What a request is answered that could not be read whole, in the shape that the peer's library reads.
    ///
    /// - Parameter head: nil when not even the head could be read.
    func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer
}

/// Why a request could not be read; the connection ends with the answer.
package enum WebFault: Error, Sendable, Hashable {
    case malformed(String)
    case headersTooLarge
    case bodyTooLarge(bytesMax: Int)
    /// The head or the body did not come in time.
    case tooSlow
    /// The service is at one of its bounds: connections, or requests that are being worked on.
    case overloaded(String)
    case stopping
}
