import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization

/// What a console asks, with many executions stored: searches, counts, the waiting room, and how long others
/// wait beside them.
struct SearchLoad: Sendable {
    static let names = [
        "search_executions", "search_open", "search_fill_per_s", "search_newest_p50_ms",
        "search_failed_p50_ms", "search_label_p50_ms", "search_waiting_p50_ms", "search_oldest_ms",
        "search_miss_ms", "search_payload_page_ms", "search_ping_max_ms", "search_count_p50_ms",
        "search_room_p50_ms", "search_engine_p50_ms", "search_recovery_ms",
    ]

    let place: Workplace
    /// Executions that have ended; a tenth as many are open.
    let count: Int

    func measure(quick: Bool) async throws -> [Figure] {
        Progress.show("console: starting")
        let supervisor = try Supervisor(plan: place.plan(in: "search"))
        do {
            try supervisor.start()
            try await supervisor.waitUntilReady()
            let figures = try await withTaskExecutorPreference(LoopExecutor.shared) {
                try await measure(supervisor, quick ? count / 20 : count)
            }
            await supervisor.stop(grace: .seconds(10))
            return figures
        } catch {
            await supervisor.stop(grace: .seconds(10))
            throw error
        }
    }

    private func measure(_ supervisor: Supervisor, _ count: Int) async throws -> [Figure] {
        let layout = supervisor.plan.layout
        let engine = SocketCaller(path: layout.socketPath("flow-engine.sock"))
        let begin = ContinuousClock.now
        try await ExecutionStock(layout: layout).fill(ended: count, open: count / 10)
        let seconds = (ContinuousClock.now - begin).inSeconds
        let counts = try await engine.call(CountExecutions.self, .init())
        var figures = [
            Figure("search_executions", Double(counts.summary.succeeded), "1"),
            Figure("search_open", Double(counts.summary.running), "1"),
            Figure("search_fill_per_s", Double(count + count / 10) / seconds, "1/s"),
        ]
        figures += try await searches(engine, layout)
        figures += try await looks(engine)
        figures.append(try await recovery(supervisor, engine))
        return figures
    }
}

// MARK: - What is asked

extension SearchLoad {
    private func searches(_ engine: SocketCaller, _ layout: SupervisorLayout) async throws -> [Figure] {
        var figures: [Figure] = []
        let repeated: [(String, SearchExecutions.Params)] = [
            ("search_newest_p50_ms", .init()), ("search_failed_p50_ms", .with { $0.statuses = ["Failed"] }),
            (
                "search_label_p50_ms",
                .with {
                    $0.labelName = "order"
                    $0.labelValue = "order-\(ExecutionStock.ended)-0"
                }
            ), ("search_waiting_p50_ms", .with { $0.condition = "waitingForCallback" }),
        ]
        for (name, params) in repeated {
            figures.append(try await timed(name) { _ = try await engine.call(SearchExecutions.self, params) })
        }
        let longest = Mutex(0.0)
        let other = SocketCaller(path: layout.socketPath("flow-engine.sock"))
        let pinging = Task {
            while !Task.isCancelled {
                let begin = ContinuousClock.now
                _ = try await other.call(Ping.self, NoFields())
                let took = (ContinuousClock.now - begin).milliseconds
                longest.withLock { $0 = max($0, took) }
            }
        }
        let single: [(String, SearchExecutions.Params)] = [
            ("search_oldest_ms", .with { $0.text = "\(ExecutionStock.open)-0" }),
            ("search_miss_ms", .with { $0.text = "nowhere to be found" }),
            (
                "search_payload_page_ms",
                .with {
                    $0.text = "nowhere to be found"
                    $0.nextToken = "payload-all"
                }
            ),
        ]
        for (name, params) in single {
            let begin = ContinuousClock.now
            try await follow(params, engine)
            figures.append(Figure(name, (ContinuousClock.now - begin).milliseconds, "ms"))
        }
        pinging.cancel()
        _ = await pinging.result
        figures.append(Figure("search_ping_max_ms", longest.withLock { $0 }, "ms"))
        return figures
    }

    /// Page after page of the index, until something is found; of the payloads one page.
    private func follow(_ params: SearchExecutions.Params, _ engine: SocketCaller) async throws {
        var params = params
        while true {
            let page = try await engine.call(SearchExecutions.self, params)
            guard page.executions.isEmpty, let token = page.nextToken, !token.hasPrefix("payload") else {
                return
            }
            params.nextToken = token
        }
    }

    private func looks(_ engine: SocketCaller) async throws -> [Figure] {
        [
            try await timed("search_count_p50_ms") {
                _ = try await engine.call(CountExecutions.self, .init())
            },
            try await timed("search_room_p50_ms") {
                _ = try await engine.call(ListWaitingTasks.self, .init())
            },
            try await timed("search_engine_p50_ms") {
                _ = try await engine.call(DescribeEngine.self, NoFields())
            },
        ]
    }

    private func timed(_ name: String, _ body: () async throws -> Void) async throws -> Figure {
        Progress.show(name)
        var times: [Double] = []
        for _ in 0..<100 {
            let begin = ContinuousClock.now
            try await body()
            times.append((ContinuousClock.now - begin).milliseconds)
        }
        return Figure(name, Samples(times).p50, "ms")
    }

    /// From a kill of the engine to its first answer, which needs index and board.
    private func recovery(_ supervisor: Supervisor, _ engine: SocketCaller) async throws -> Figure {
        let begin = ContinuousClock.now
        _ = supervisor.kill("flow-engine")
        let caller = SocketCaller(path: supervisor.plan.layout.socketPath("flow-engine.sock"))
        _ = try await caller.call(CountExecutions.self, .init())
        return Figure("search_recovery_ms", (ContinuousClock.now - begin).milliseconds, "ms")
    }
}
