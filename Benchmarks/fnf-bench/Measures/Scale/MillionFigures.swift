import BenchReport
import FlowEngineAPI
import Glibc
import Primitives
import RPCProtocol
import ServiceSupervisor
import RPCTransport
import Synchronization

/// A million executions that wait for a report: what they take, and whether starts, timeouts and a restart
/// feel them.
struct MillionFigures: Sendable {
    static let names = [
        "million_waiting_rss_mib", "million_recovery_s", "million_waiting_count", "million_start_per_s_few",
        "million_start_per_s", "million_start_ratio", "million_timeouts_per_s_few", "million_timeouts_per_s",
        "million_timeout_ratio", "million_describe_s", "million_dispatched_again", "million_store_mib",
        "million_fill_s",
    ]

    /// Waits for a day.
    private static let long = "BenchLong"
    /// Waits until it is stopped waiting; the rest of the name follows.
    private static let brief = "BenchBrief"
    private static let few = 10_000

    let place: Workplace
    let count: Int

    private func definition(timeout: Int) -> String {
        """
        type: flow
        version: v1
        steps:
          - type: task
            name: ask
            resourceArn: \(TaskService.resource)
            pattern: waitForCallback
            timeoutSeconds: \(timeout)

        """
    }

    func measure(quick: Bool) async throws -> [Figure] {
        let count = quick ? min(count, 50_000) : count
        let burst = quick ? 5_000 : 10_000
        let settings = "openExecutionsMax: \(count + 200_000)\n"
        return try await EngineSystem.run(in: place, part: "million", settings: settings, isWatched: false) {
            system in
            try await system.createFlow(Self.long, definition(timeout: 86_400))
            let token = Mutex<String?>(nil)
            system.tasks.observe { task in
                if task.execution == "wait-0" { token.withLock { $0 = task.token } }
            }
            let begin = ContinuousClock.now
            _ = try await fill(system, 0..<Self.few)
            let startsFew = try await fill(system, Self.few..<(Self.few + burst))
            let timeoutsFew = try await timeouts(system, "few", burst, startsFew)
            let rest = count - burst
            _ = try await fill(system, (Self.few + burst)..<rest)
            let starts = try await fill(system, rest..<count)
            let seconds = (ContinuousClock.now - begin).inSeconds
            let timeouts = try await timeouts(system, "many", burst, starts)
            try await settle(system)
            let resident = try system.facts.residentMiB
            let waiting = try await system.caller.call(CountExecutions.self, .init()).summary.running
            var figures = [
                Figure("million_waiting_rss_mib", resident, "MiB", .atMost(512)),
                Figure("million_waiting_count", Double(waiting), "1"),
                Figure("million_start_per_s_few", startsFew, "1/s"),
                Figure("million_start_per_s", starts, "1/s"),
                Figure("million_start_ratio", starts / startsFew, "1", .atLeast(0.8)),
                Figure("million_timeouts_per_s_few", timeoutsFew, "1/s"),
                Figure("million_timeouts_per_s", timeouts, "1/s"),
                Figure("million_timeout_ratio", timeouts / timeoutsFew, "1", .atLeast(0.8)),
                Figure("million_store_mib", storeMiB(system), "MiB"),
                Figure("million_fill_s", seconds, "s"),
            ]
            figures += try await recovery(system, token.withLock { $0 })
            return figures
        }
    }

    /// Starts them and waits until the service has taken each one's call. Returns starts a second, with the
    /// calls.
    private func fill(_ system: EngineSystem, _ numbers: Range<Int>) async throws -> Double {
        guard !numbers.isEmpty else { return 0 }
        let before = system.tasks.callCount
        let begin = ContinuousClock.now
        _ = try await system.start(StartLoad.Plan(flow: Self.long, name: "wait", numbers: numbers))
        while system.tasks.callCount - before < numbers.count {
            guard ContinuousClock.now - begin < .seconds(1800) else {
                throw BenchFault(
                    "the engine called \(system.tasks.callCount - before) of \(numbers.count) tasks")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return Double(numbers.count) / (ContinuousClock.now - begin).inSeconds
    }

    /// Lets so many timeouts come due while the engine is stopped, so that nothing but itself bounds how fast
    /// it fires them. Returns timeouts a second.
    ///
    /// - Parameter rate: starts a second, to choose a timeout behind the last start.
    private func timeouts(_ system: EngineSystem, _ name: String, _ count: Int, _ rate: Double) async throws
        -> Double
    {
        let seconds = Int(1.6 * Double(count) / rate) + 5
        let flow = Self.brief + name
        try await system.createFlow(flow, definition(timeout: seconds))
        let begin = ContinuousClock.now
        let before = system.tasks.callCount
        let fired = try await system.counters().timersFired
        _ = try await system.start(StartLoad.Plan(flow: flow, name: name, numbers: 0..<count))
        while system.tasks.callCount - before < count { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .milliseconds(500))
        let started = ContinuousClock.now - begin
        guard started < .seconds(seconds - 1) else {
            throw BenchFault("\(count) starts took \(started): the machine was busy with others")
        }
        Progress.show("timeouts: \(count) come due")
        try await Task.sleep(until: begin + .milliseconds(1000 * seconds - 500))
        let pid = try system.facts.pid
        kill(pid, SIGSTOP)
        try await Task.sleep(for: started + .seconds(1))
        kill(pid, SIGCONT)
        let go = ContinuousClock.now
        while try await system.counters().timersFired - fired < Double(count) {
            guard ContinuousClock.now - go < .seconds(120) else {
                throw BenchFault("the timeouts of \(count) executions did not all come")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        return Double(count) / (ContinuousClock.now - go).inSeconds
    }

    /// Until no call is under way and the index is written.
    private func settle(_ system: EngineSystem) async throws {
        for _ in 0..<200 {
            let status = try await system.caller.call(DescribeService.self, NoFields()).details
            let open = status["tasks"]?["open"]?.integerValue ?? 0
            let pending = status["index"]?["pending"]?.integerValue ?? 0
            if open == 0, pending == 0 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// From a kill until the engine serves again; then a report must be taken, and no task called again.
    private func recovery(_ system: EngineSystem, _ token: String?) async throws -> [Figure] {
        Progress.show("recovery")
        let calls = system.tasks.callCount
        let begin = ContinuousClock.now
        _ = system.supervisor.kill(EngineSystem.engine)
        let caller = SocketCaller(path: system.socket, connectPatience: .seconds(120))
        _ = try await repeated { try await caller.call(Ping.self, NoFields()) }
        let served = ContinuousClock.now - begin
        let question = DescribeExecution.Params.with {
            $0.flowName = Self.long
            $0.executionName = "wait-1"
        }
        let execution = try await repeated { try await caller.call(DescribeExecution.self, question) }
        let described = ContinuousClock.now - begin
        guard execution.status == "Running" else { throw BenchFault("wait-1 is \(execution.status)") }
        guard let token else { throw BenchFault("the task of wait-0 was not called") }
        let report = ReportTaskSucceeded.Params.with {
            $0.taskToken = token
            $0.output = "{}"
        }
        _ = try await caller.call(ReportTaskSucceeded.self, report)
        try await Task.sleep(for: .seconds(3))
        return [
            Figure("million_recovery_s", served.inSeconds, "s", .atMost(5)),
            Figure("million_describe_s", described.inSeconds, "s"),
            Figure("million_dispatched_again", Double(system.tasks.callCount - calls), "1", .atMost(0)),
        ]
    }

    /// The call is lost when it meets the end of the old process.
    private func repeated<Value>(_ call: () async throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(300)
        while true {
            do { return try await call() } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    private func storeMiB(_ system: EngineSystem) -> Double {
        let folder = system.layout.stateFolder(of: EngineSystem.engine)
        return FolderTree.bytes(in: folder) / 1_048_576
    }
}
