/// The bounds of the way out; each default says why that number.
package struct EgressLimits: Sendable, Hashable {
    /// Requests under way: twice what the engine has under way for tasks, so that pushes have room.
    package var requestsMax = 512
    /// Requests under way to one origin, so that a slow one leaves room for the others.
    package var originRequestsMax = 256
    /// Addresses of one name that are tried, while nothing was sent.
    package var addressesTriedMax = 4
    /// Headers of a request.
    package var headersMax = 64
    /// Units: bytes of all headers of a request.
    package var headerBytesMax = 32_768
    /// Origins whose refusals are remembered, for telling the journal once a minute.
    package var refusalsKept = 1_000

    package init() {}
}
