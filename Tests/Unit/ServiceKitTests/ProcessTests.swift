import Glibc
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization
import TestHost
import Testing

/// What the service logs, as it comes.
private final class LogWatch: Sendable {
    private struct State {
        var messages: [String] = []
        var waiters: [(text: String, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func add(_ message: String) {
        let met = state.withLock { state in
            state.messages.append(message)
            let met = state.waiters.filter { message.contains($0.text) }
            state.waiters.removeAll { message.contains($0.text) }
            return met
        }
        for waiter in met { waiter.continuation.resume() }
    }

    /// Returns once a message that contains the text was logged.
    func logged(_ text: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.messages.contains(where: { $0.contains(text) }) { return true }
                state.waiters.append((text, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

/// A supervisor over one hosted-probe (Tests/Support/HostedProbe).
private struct Hosted {
    let supervisor: Supervisor
    let log: LogWatch
    let caller: SocketCaller

    static func run(
        _ environment: [String: String] = [:], watchdog: Duration? = .seconds(15),
        _ body: (Hosted) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        var spec = ServiceSpec(
            name: "hosted-probe", executable: try BuildProducts.path(of: "hosted-probe"),
            doors: [
                .init(name: "client", socketFile: "hosted-probe.sock"),
                .init(name: "admin", socketFile: "hosted-probe-admin.sock"),
            ],
            startAtBoot: false)
        spec.environment = environment
        var plan = SupervisorPlan(folder: folder, configuration: .folder("/"), services: [spec])
        plan.restartDelay = .milliseconds(20)
        plan.watchdog = watchdog
        let log = LogWatch()
        let supervisor = try Supervisor(plan: plan) { event in
            if case .log(let line) = event.kind { log.add(line.message) }
        }
        try supervisor.start()
        let caller = SocketCaller(path: plan.layout.socketPath("hosted-probe.sock"))
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(Hosted(supervisor: supervisor, log: log, caller: caller)))
        } catch { outcome = .failure(error) }
        await supervisor.stop(grace: .seconds(10))
        try outcome.get()
    }

    var status: ProcessStatus { supervisor.statuses["hosted-probe"] ?? ProcessStatus() }

    func wait(_ predicate: @escaping @Sendable (ProcessStatus) -> Bool) async throws {
        try await supervisor.wait { predicate($0["hosted-probe"] ?? ProcessStatus()) }
    }

    @discardableResult
    func call(_ method: String, _ milliseconds: Int64 = 0) async throws(RPCFailure) -> JSONValue {
        try await caller.call(method, ["milliseconds": .integer(milliseconds)], meta: RPCMeta())
    }
}

@Suite(.timeLimit(.minutes(1))) struct ProcessTests {
    @Test func `a connect starts the service, which tells where it serves`() async throws {
        try await Hosted.run { hosted in
            #expect(hosted.status.starts == 0)
            #expect(try await hosted.call("ProbeEcho", 3) == ["milliseconds": 3])
            try await hosted.wait { $0.state == .ready }
            #expect(hosted.status.statusText == "Serving at admin, client")
            let status = try await hosted.caller.call(DescribeService.self, NoFields())
            #expect(status.name == "hosted-probe" && status.state == .serving && status.connections == 1)
            #expect(status.pid == hosted.supervisor.pid(of: "hosted-probe").map { Int64($0) })
            #expect(status.details == ["outbox": 0])
            await hosted.log.logged("Serving at admin, client")
        }
    }

    @Test func `SIGHUP reads the configuration again and the service is ready again`() async throws {
        try await Hosted.run { hosted in
            try await hosted.call("ProbeEcho")
            try await hosted.wait { $0.state == .ready }
            hosted.supervisor.reload()
            try await hosted.wait { $0.reloads == 1 && $0.statusText == "Serving at admin, client" }
            #expect(hosted.status.state == .ready)
        }
    }

    @Test func `a reload that fails leaves the service as it was and says so`() async throws {
        try await Hosted.run(["PROBE_FAULT": "reload"]) { hosted in
            try await hosted.call("ProbeEcho")
            try await hosted.wait { $0.state == .ready }
            hosted.supervisor.reload()
            try await hosted.wait { $0.reloads == 1 && $0.statusText.contains("the last reload failed") }
            try await hosted.call("ProbeEcho")
            await hosted.log.logged("probe.yaml:3:1: no such key")
        }
    }

    @Test func `SIGTERM answers what is in flight, then the service ends well`() async throws {
        try await Hosted.run { hosted in
            try await hosted.call("ProbeEcho")
            let slow = Task { try await hosted.call("ProbeSlow", 700) }
            await hosted.log.logged("slow begun")
            hosted.supervisor.kill("hosted-probe", SIGTERM)
            #expect(try await slow.value == ["milliseconds": 700])
            try await hosted.wait { $0.exits == [.success] }
        }
    }

    @Test func `a call that was lost by a kill is answered by the next process when it is repeated`()
        async throws
    {
        try await Hosted.run { hosted in
            let lost = Task { try await hosted.call("ProbeSlow", 60_000) }
            await hosted.log.logged("slow begun")
            hosted.supervisor.kill("hosted-probe", SIGKILL)
            let failure = await #expect(throws: RPCFailure.self) { try await lost.value }
            #expect(failure?.isUnanswered == true)
            let answer = try await hosted.call("ProbeEcho", 1)
            #expect(answer == ["milliseconds": 1])
            #expect(hosted.status.exits == [.signal(SIGKILL)])
        }
    }

    @Test func `a service with nothing to do exits and the next connect starts it again`() async throws {
        try await Hosted.run(["PROBE_IDLE": "1"]) { hosted in
            let raw = SocketCaller(path: hosted.caller.path)
            _ = try await raw.call(Ping.self, NoFields())
            _ = consume raw
            try await hosted.wait { $0.exits == [.success] }
            #expect(try await hosted.call("ProbeEcho", 2) == ["milliseconds": 2])
            #expect(hosted.status.starts == 2)
        }
    }

    @Test func `an open connection keeps an idle service alive`() async throws {
        try await Hosted.run(["PROBE_IDLE": "1"]) { hosted in
            try await hosted.call("ProbeEcho")
            try await hosted.call("ProbeSlow", 2500)
            try await hosted.call("ProbeEcho")
            #expect(hosted.status.starts == 1)
        }
    }

    @Test func `the watchdog hears the loop and kills it when it hangs`() async throws {
        try await Hosted.run(watchdog: .milliseconds(600)) { hosted in
            try await hosted.call("ProbeEcho")
            try await hosted.wait { $0.pings >= 3 }
            let hanging = Task { try await hosted.call("ProbeHang", 60_000) }
            try await hosted.wait { $0.exits == [.watchdog] }
            _ = await hanging.result
            #expect(try await hosted.call("ProbeEcho", 1) == ["milliseconds": 1])
        }
    }

    @Test(arguments: [("recover", "the journal is torn"), ("build", "the store is on strike")])
    func `what can't be recovered ends the process with its reason and code 1`(fault: String, reason: String)
        async throws
    {
        try await Hosted.run(["PROBE_FAULT": fault]) { hosted in
            let caller = SocketCaller(path: hosted.caller.path)
            let waiting = Task { try await caller.call(Ping.self, NoFields()) }
            try await hosted.wait { $0.exits.first == .exitCode(1) }
            await hosted.log.logged("hosted-probe can't start: \(reason)")
            waiting.cancel()
            _ = await waiting.result
        }
    }

    @Test
    func `without sockets it exits with 64, with a bad configuration with 78 and a line for each problem`()
        async throws
    {
        let program = try BuildProducts.path(of: "hosted-probe")
        let bare = await (try RunningCommand(program, [])).result()
        #expect(bare.exitCode == 64)
        #expect(bare.errorOutput.contains("no sockets were passed"))
        let wrong = await (try RunningCommand(program, [], environment: ["PROBE_FAULT": "configuration"]))
            .result()
        #expect(wrong.exitCode == 78)
        #expect(wrong.errorOutput.split(separator: "\n").count == 2)
        #expect(wrong.errorOutput.contains("probe.yaml:4:1: second"))
        let version = await (try RunningCommand(program, ["--log-level", "loud"])).result()
        #expect(version.exitCode == 64)
    }
}
