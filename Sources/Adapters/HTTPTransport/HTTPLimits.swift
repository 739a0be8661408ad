/// The bounds of an HTTP listener; each default says why that number.
package struct HTTPLimits: Sendable, Hashable {
    /// Connections; more are closed at once. Two long polls of 5,000 workers each, with room.
    package var connectionsMax = 16_384
    /// Units: bytes of all headers together with the request line. The libraries' longest is 2 KiB.
    package var headerBytesMax = 32_768
    package var headersMax = 100
    /// From the first byte of a head to its last, and from there to the last byte of the body.
    package var readTimeout: Duration = .seconds(20)
    /// A connection without a request.
    package var idleTimeout: Duration = .seconds(75)

    package init() {}
}
