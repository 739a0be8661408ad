/// What a service serves on TCP listeners that were passed to its process, beside its RPC doors.
///
/// Everything is called on the service's loop.
package protocol TCPServer: Sendable {
    /// Begins to accept. The descriptor stays the caller's: the socket goes on listening when this has
    /// stopped.
    ///
    /// - Parameter name: under which the listener was passed (`FileDescriptorName=`).
    func listen(on descriptor: Int32, name: String) async throws

    /// Stops accepting, answers what is in flight and closes.
    func drain(limit: Duration) async

    var load: TCPLoad { get }
}

/// What a `TCPServer` has open.
package struct TCPLoad: Sendable, Hashable {
    package var connections: Int
    /// Requests that are being answered, also those that wait for something.
    package var requests: Int

    package init(connections: Int = 0, requests: Int = 0) {
        self.connections = connections
        self.requests = requests
    }
}
