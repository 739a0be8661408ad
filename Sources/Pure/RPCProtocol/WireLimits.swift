/// The bounds of the protocol; each has a name, a default and an error of its own.
package struct WireLimits: Sendable, Hashable {
    /// 4 MiB: four times the largest API request of the cloud, so any flow of the cloud passes. Units: bytes
    /// of JSON.
    package var frameBytesMax = 4 << 20

    /// Above this a single frame would hold a service's memory hostage. Units: bytes.
    package static let frameBytesCeiling = 64 << 20

    /// 1 MiB: a page of a list stops here and carries a NextToken. Units: bytes.
    package var replyBytesMax = 1 << 20

    /// Working requests of one connection; waiting ones (streams, long polls) have `waitsInFlightMax`.
    package var requestsInFlightMax = 1024

    /// Long polls and streams of one connection: they cost memory only.
    package var waitsInFlightMax = 1024

    /// 256 items: a reader that is further behind than this ends with SlowConsumer and resumes by cursor.
    package var streamItemsBufferedMax = 256

    /// A half frame that stops growing is a dead or hostile peer.
    package var frameIdle: Duration = .seconds(30)

    /// Connections of one service; systemd's descriptor limit (65,536) stays far away.
    package var connectionsMax = 4096

    package init() {}
}
