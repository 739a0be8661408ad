package import Logging
package import NIOCore
package import Primitives
package import RPCProtocol

/// What a process gives to the service in it.
package struct ServiceContext: Sendable {
    /// The service's word, e.g. `flow-engine`: unit, socket, binary, user and folder carry it.
    package let name: String
    package let version: String
    package let world: any World
    package let loop: any ServiceLoop
    /// The one under `loop`, for what serves channels of its own on it.
    package let eventLoop: any EventLoop
    /// The names of the TCP listeners that were passed.
    package let tcpListeners: [String]
    /// To be called when a `TCPServer` has become quiet: the process may have become idle.
    package let becameQuiet: @Sendable () -> Void
    package let logger: Logger
    package let metrics: MetricSet
    /// The folder for durable state: exists and is writable.
    package let stateDirectory: String
    /// The folder of the sockets.
    package let runtimeFolder: String
    package let configurationFolder: String
    let callers: CallerPool

    /// The one shared connection to a door of a service, made at the first call.
    package func caller(_ service: String, door: RPCDoor) -> any RPCCaller {
        callers.caller(path: "\(runtimeFolder)/\(door.socketName(of: service))")
    }

    /// A caller with a connection of its own, for who has more in flight than one connection takes.
    package func ownCaller(_ service: String, door: RPCDoor) -> any RPCCaller {
        callers.own(path: "\(runtimeFolder)/\(door.socketName(of: service))")
    }

    /// The same by a socket's file name in the runtime folder (`payment-gateway-task.sock`) or by an absolute
    /// path.
    package func caller(socket: String) -> any RPCCaller {
        callers.caller(path: socket.hasPrefix("/") ? socket : "\(runtimeFolder)/\(socket)")
    }

    /// The database file of the service.
    package var databasePath: String { "\(stateDirectory)/\(name).sqlite" }
}
