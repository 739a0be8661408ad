/// The bounds of an HTTP listener; each default says why that number.
package struct HTTPLimits: Sendable, Hashable {
    /// Connections; beyond it an idle one makes room, and when none is idle the newcomer is refused. Two long
    /// polls of 5,000 workers each, with room.
    package var connectionsMax = 16_384
    /// Connections that wait to be accepted, as in the listener's unit; whoever comes on top of these tries
    /// again after a second.
    package var backlog: Int32 = 4096
    /// Units: bytes of all headers together with the request line. The libraries' longest is 2 KiB.
    package var headerBytesMax = 32_768
    package var headersMax = 100
    /// Units: bytes of all bodies that are held at one time. Sixteen of the largest there may be.
    package var bodiesBytesMax = 64 << 20
    /// Requests that a peer may send before the answer to its first; no library sends more than one.
    package var pipelinedMax = 64
    /// From the first byte of a head to its last, and from there to the last byte of the body.
    package var readTimeout: Duration = .seconds(20)
    /// How long a peer may not take what is sent to it.
    package var writeTimeout: Duration = .seconds(30)
    /// A connection without a request.
    package var idleTimeout: Duration = .seconds(75)
    /// After a refusal the rest of the request is read and thrown away for so long: to close at once would
    /// take the refusal away from a peer that still writes.
    package var lingerTimeout: Duration = .seconds(2)
    /// When the service ends, answers that take longer are asked to end.
    package var drainPatience: Duration = .milliseconds(500)

    package init() {}
}
