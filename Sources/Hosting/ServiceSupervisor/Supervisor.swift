import Glibc
import Synchronization

/// Runs the services of a plan in the foreground, each started by its socket, as systemd would.
///
/// A thread of its own does the work; everything here may be called from any thread. The services end with
/// this process also when it is killed.
package final class Supervisor: Sendable {
    package let plan: SupervisorPlan
    /// Where the TCP listeners are, by name, with the ports that they got.
    package let addresses: [String: TCPAddress]
    private let board: SupervisionBoard
    private let seed: Mutex<SupervisionLoop.Seed?>

    /// Takes the folder and opens the sockets: from here on a connect succeeds and waits.
    ///
    /// - Parameter onEvent: called on the supervisor's thread, so it must not wait for the supervisor.
    /// Throws: nothing stays behind but the folders that were made.
    package init(
        plan: SupervisorPlan, onEvent: @escaping @Sendable (SupervisorEvent) -> Void = { _ in }
    ) throws(SupervisorFault) {
        self.plan = plan
        board = try SupervisionBoard(services: plan.services.map(\.name))
        let seed = try SupervisionLoop.Seed(plan: plan, board: board, onEvent: onEvent)
        addresses = seed.addresses
        self.seed = Mutex(seed)
    }

    deinit { requestStop(grace: .seconds(5)) }

    /// Starts the services that start at boot and waits for connects to the others. A second call does
    /// nothing.
    package func start() throws(SupervisorFault) {
        guard let seed = seed.withLock({ $0.take() }) else { return }
        try SupervisionThread.run { SupervisionLoop.run(seed) }
    }

    /// Ends all services: SIGTERM, and SIGKILL to what still runs after the grace period. Returns when all
    /// have ended and the sockets are closed and removed.
    package func stop(grace: Duration = .seconds(20)) async {
        requestStop(grace: grace)
        await waitUntilStopped()
    }

    /// As `stop`, without waiting for it. A second request can only shorten the grace period.
    package func requestStop(grace: Duration = .seconds(20)) {
        guard let seed = seed.withLock({ $0.take() }) else { return board.post(.stop(grace: grace)) }
        seed.discard()
        board.end()
    }

    package func waitUntilStopped() async {
        await board.waitUntilEnded()
    }

    /// Tells every ready service to read its configuration again (SIGHUP); one that starts is told when it is
    /// ready.
    package func reload() {
        board.post(.reload)
    }

    /// Ends the service's process by SIGTERM and starts it again; its sockets stay open meanwhile.
    package func restart(_ service: String) throws(SupervisorFault) {
        try known(service)
        board.post(.restart(service))
    }

    /// Sends a signal to the service's process. Returns its pid, nil when none runs.
    @discardableResult
    package func kill(_ service: String, _ signal: Int32 = SIGKILL) -> Int32? {
        board.kill([service], signal)[service]
    }

    /// Sends a signal to all services' processes at once. Returns the pids.
    @discardableResult
    package func killAll(_ signal: Int32 = SIGKILL) -> [String: Int32] {
        board.kill(plan.services.map(\.name), signal)
    }

    package func pid(of service: String) -> Int32? { statuses[service]?.pid }

    package var statuses: [String: ProcessStatus] { board.statuses }

    /// Sets a variable (nil: none) for the service's next processes.
    package func setEnvironment(_ name: String, _ value: String?, of service: String) throws(SupervisorFault)
    {
        try known(service)
        board.post(.setEnvironment(service: service, name: name, value: value))
    }

    /// Returns once the predicate holds; it is asked after each change.
    ///
    /// Throws: `timedOut`, `stopped` (every service has ended and it will never hold) or `canceled`.
    package func wait(
        timeout: Duration = .seconds(30),
        until predicate: @escaping @Sendable ([String: ProcessStatus]) -> Bool
    ) async throws(SupervisorFault) {
        try await board.wait(timeout: timeout, until: predicate)
    }

    /// Returns once each of these services is ready; by default those that start at boot.
    package func waitUntilReady(
        _ services: [String]? = nil, timeout: Duration = .seconds(30)
    ) async throws(SupervisorFault) {
        let names = services ?? plan.services.filter(\.startAtBoot).map(\.name)
        for name in names { try known(name) }
        try await wait(timeout: timeout) { statuses in names.allSatisfy { statuses[$0]?.state == .ready } }
    }

    private func known(_ service: String) throws(SupervisorFault) {
        let names = plan.services.map(\.name)
        guard names.contains(service) else { throw .unknownService(service, known: names) }
    }
}
