package import Primitives
package import RPCProtocol

/// What a service library gives to its process: methods, and what to do in each part of the process's life.
///
/// Everything is called on the service's loop, in this order: `recover`, then requests are served, `start`,
/// any number of `reload`, `drain`. A service that throws from `recover` ends the process with one line that
/// says why.
package protocol HostedService: Sendable {
    var methods: HandlerTable { get }

    /// Reads what is durable. Requests wait in the sockets' queues meanwhile; no peer may be called here,
    /// because it may be waiting for this service.
    func recover() async throws

    /// Starts outboxes, feeds and timers. The service is READY and serves.
    func start() async

    /// Reads the configuration again (SIGHUP). Throws: the old configuration stays in force.
    func reload() async throws

    /// Ends outboxes, feeds and timers and closes the stores. Requests were answered before; nothing is
    /// called afterwards.
    func drain() async

    /// What `service.status` shows beside the counters, e.g. the outbox; shape: an object of the service's
    /// own.
    var status: JSONObject { get async }

    /// True when nothing is in flight or waited for, so that the process may exit until its socket wakes it
    /// again.
    var isIdle: Bool { get async }

    /// `idleExitSeconds` of the configuration; nil or 0: never exits by itself.
    var idleExitSeconds: Int? { get }

    var limits: WireLimits { get }

    /// Serves the TCP listeners; nil: the service has none. It begins after `recover`.
    var tcpServer: (any TCPServer)? { get }
}

extension HostedService {
    package func start() async {}
    package func reload() async throws {}
    package func drain() async {}
    package var status: JSONObject { get async { [:] } }
    package var isIdle: Bool { get async { true } }
    package var idleExitSeconds: Int? { nil }
    package var limits: WireLimits { WireLimits() }
    package var tcpServer: (any TCPServer)? { nil }
}
