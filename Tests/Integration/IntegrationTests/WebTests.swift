import FlowEngineAPI
import FlowWebAPI
import Glibc
import Primitives
import RPCProtocol
import RequestSigning
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// The process of the cloud endpoint on its TCP listener.
    @Suite(.serialized) struct WebTests {
        private let key = SigningKey(id: "tester", secret: "tester-secret")

        private func run(
            _ change: @escaping @Sendable (inout SupervisorPlan) -> Void = { _ in },
            _ body: (FnfSystem, UInt16) async throws -> Void
        ) async throws {
            var options = FnfSystem.Options()
            options.plan = { plan in
                plan.listen(at: TCPAddress(port: 0), as: "http", for: "flow-web")
                change(&plan)
            }
            try await FnfSystem.run(options) { system in
                let create = CreateAccessKey.Params.with {
                    $0.accessKeyID = key.id
                    $0.secret = key.secret
                    $0.role = .admin
                }
                _ = try await system.caller(.flowWeb, .admin).call(CreateAccessKey.self, create)
                try await body(system, try #require(system.supervisor.addresses["http"]).port)
            }
        }

        private func ask(
            _ port: UInt16, _ action: String, _ parameters: [(String, String)] = []
        ) throws -> String {
            let client = try HTTPAsk(port: port)
            client.send(HTTPAsk.request(action, parameters, key: key))
            return client.receive()
        }

        @Test func `a connect starts it, and a kill refuses no connection and forgets no key`() async throws {
            let sleeping: @Sendable (inout SupervisorPlan) -> Void = { plan in
                plan.services = plan.services.map { service in
                    var service = service
                    if service.name == "flow-web" { service.startAtBoot = false }
                    return service
                }
            }
            try await run(sleeping) { system, port in
                #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
                for _ in 0..<3 {
                    let starts = system.status(of: .flowWeb).starts
                    system.supervisor.kill("flow-web", SIGKILL)
                    // It connects while no process is there, or to one that starts.
                    try await system.wait(for: .flowWeb) { $0.exits.count >= starts }
                    #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
                }
                try system.supervisor.restart("flow-web")
                #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }

        @Test func `a restart answers a long poll before its time`() async throws {
            try await run { system, port in
                try await startWaiting(system)
                let poll = try HTTPAsk(port: port)
                poll.send(HTTPAsk.request("DescribeExecution", Self.longPoll, key: key))
                try await requests(1, in: system)
                let begin = ContinuousClock.now
                try system.supervisor.restart("flow-web")
                let answer = poll.receive()
                #expect(answer.hasPrefix("HTTP/1.1 "), "\(answer)")
                #expect(answer.contains("RequestId"), "\(answer)")
                #expect(ContinuousClock.now - begin < .seconds(10))
            }
        }

        @Test func `clients that wait take the room of those before, others are served meanwhile`()
            async throws
        {
            raiseDescriptorLimit()
            try await run { system, port in
                try await startWaiting(system)
                #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
                let pid = try #require(system.pid(of: .flowWeb))
                let before = try ownKiB(pid)
                var grown: [Int] = []
                for _ in 0..<2 {
                    var polls: [HTTPAsk] = []
                    for _ in 0..<Self.polls {
                        let poll = try HTTPAsk(port: port)
                        poll.send(
                            HTTPAsk.request("DescribeExecution", Self.longPoll, key: key, closes: false))
                        polls.append(poll)
                        // The key's own rate is 2,000 a second.
                        if polls.count % 250 == 0 { try await requests(polls.count, in: system) }
                    }
                    try await requests(Self.polls, in: system)
                    grown.append((try ownKiB(pid) - before) / Self.polls)
                    let begin = ContinuousClock.now
                    #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(ContinuousClock.now - begin < .seconds(2))
                    polls = []
                    try await requests(0, in: system)
                }
                print("KiB for each of \(Self.polls) clients that wait, twice: \(grown)")
                #expect(grown[0] < 64 && grown[1] < grown[0] + 8, "\(grown) KiB")
                #expect(system.pid(of: .flowWeb) == pid)
                // The engine hears of each that has gone a little later than flow-web.
                while try await system.caller(.flowEngine).call(DescribeService.self, NoFields())
                    .waitsInFlight >= 10
                {}
            }
        }

        private static let polls = 1500

        private func raiseDescriptorLimit() {
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }

        private static let longPoll = [
            ("FlowName", "Waiting"), ("ExecutionName", "long"), ("WaitTimeSeconds", "60"),
        ]

        private func startWaiting(_ system: FnfSystem) async throws {
            let flow = CreateFlow.Params.with {
                $0.name = "Waiting"
                $0.definition =
                    "type: flow\nversion: v1\nsteps:\n  - type: wait\n    name: long\n    duration: 3600\n"
                $0.description = "waits"
            }
            _ = try await system.caller(.flowEngine, .admin).call(CreateFlow.self, flow)
            let start = StartExecution.Params.with {
                $0.flowName = "Waiting"
                $0.executionName = "long"
            }
            _ = try await system.caller(.flowEngine).call(StartExecution.self, start)
        }

        /// Returns once so many requests are being answered; one is the question itself.
        private func requests(_ count: Int, in system: FnfSystem) async throws {
            while true {
                let status = try await system.caller(.flowWeb).call(DescribeService.self, NoFields())
                if abs(Int(status.requestsInFlight) - count) <= 1 { return }
                try #require(status.state == .serving)
            }
        }

        private func ownKiB(_ pid: Int32) throws -> Int {
            let line = try #require(
                Files.text("/proc/\(pid)/status")?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
            return try #require(
                line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
        }

        @Test func `fnfctl up says where it listens and has the key before it is ready`() async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let program = try BuildProducts.path(of: "fnfctl")
            let arguments = [
                "up", "--dir", "\(folder.path)/d", "--config", BuildProducts.defaultConfiguration, "--http",
                "0",
                "--access-key", "\(key.id):\(key.secret)", "--access-key", "other:with:colons",
            ]
            for _ in 0..<2 {
                let up = try RunningCommand(program, arguments)
                // The key is there before this line; `ready` also stands in the services' log.
                try await up.waitUntilPrinted("http http://127.0.0.1:")
                let address = try #require(
                    up.outputSoFar.split(separator: "\n").first { $0.hasPrefix("http http://127.0.0.1:") })
                let port = try #require(UInt16(address.drop { $0 != "1" }.dropFirst("127.0.0.1:".count)))
                #expect(try ask(port, "ListFlows").hasPrefix("HTTP/1.1 200 OK\r\n"))
                up.signal(SIGTERM)
                #expect(await up.result().exitCode == 0)
            }
            var status = stat()
            #expect(stat("\(folder.path)/d/credentials/flow-web-key", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600 && status.st_size == 32)
            let alone = try await RunningCommand(program, ["up", "--access-key", "a:b"]).result()
            #expect(alone.exitCode == 2 && alone.errorOutput.contains("--http"), "\(alone)")
            let malformed = try await RunningCommand(
                program, ["up", "--http", "0", "--access-key", "nocolon"]
            ).result()
            #expect(malformed.exitCode == 2, "\(malformed)")
        }
    }
}
