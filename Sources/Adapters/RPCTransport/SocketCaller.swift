import NIOCore
import NIOPosix
package import Primitives
package import RPCProtocol

/// Calls one door of one service over its Unix socket.
///
/// One connection is made at the first call and shared by all calls; it is made anew when a call finds it closed. Each
/// stream has a connection of its own, so that a slow reader of items holds nobody else up.
package final class SocketCaller: RPCCaller {
    package let path: String
    private let executor: LoopExecutor
    private let connector: Connector
    private let shared: NIOLoopBoundBox<SharedConnection>

    /// - Parameter executor: the service's loop; without one a loop thread of the process is shared by all callers.
    /// - Parameter connectPatience: how long a service that is down or overrun is tried. 5 s: systemd restarts one in less.
    package init(
        path: String, executor: LoopExecutor = .shared, limits: WireLimits = WireLimits(),
        connectPatience: Duration = .seconds(5)
    )
}
