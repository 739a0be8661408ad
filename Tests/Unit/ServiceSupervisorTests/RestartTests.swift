import Glibc
import ServiceSupervisor
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct RestartTests {
    @Test func `connections made while a killed service restarts wait and are served`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true)]) { probe in
            try await probe.supervisor.waitUntilReady()
            let first = probe.supervisor.kill("probe", SIGKILL)
            let socket = "\(probe.folder)/run/probe-client.sock"
            let waiting = try (0..<50).map { _ in try Connection(socket) }
            for connection in waiting { connection.send("pid") }
            let answers = Set(waiting.map { $0.answer() })
            try await probe.wait { $0.readies == 2 }
            #expect(answers == [probe.supervisor.pid(of: "probe").map { "\($0)" }])
            #expect(probe.supervisor.pid(of: "probe") != first)
            #expect(probe.status.exits == [.signal(SIGKILL)])
            #expect(
                probe.events.words == [
                    "started", "ready", "exited: signal 9", "restarting", "started", "ready",
                ])
        }
    }

    @Test func `an idle exit is no failure: the service waits for the next connect`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            try #expect(probe.ask("idle") == "done")
            try await probe.wait { $0.state == .listening && $0.exits == [.success] }
            try #expect(probe.ask("door") == "client")
            try await probe.wait { $0.starts == 2 }
            #expect(!probe.events.words.contains("restarting"))
        }
    }

    @Test func `an exit code is told and the service started again`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            try #expect(probe.ask("exit 3") == "done")
            try await probe.wait { $0.readies == 2 }
            #expect(probe.status.exits == [.exitCode(3)])
        }
    }

    @Test func `a service that fails at its start is tried again, more and more seldom`() async throws {
        let service = Probe.service(startAtBoot: true, environment: ["PROBE_EXIT": "4"])
        try await Probe.run([service], edit: { $0.restartDelayMax = .milliseconds(50) }) { probe in
            try await probe.wait { $0.exits.count >= 4 }
            let delays = probe.events.all.compactMap { event -> Duration? in
                if case .restarting(let delay) = event.kind { delay } else { nil }
            }
            #expect(delays.prefix(3) == [.milliseconds(20), .milliseconds(40), .milliseconds(50)])
            try probe.supervisor.setEnvironment("PROBE_EXIT", nil, of: "probe")
            try await probe.wait { $0.state == .ready }
        }
    }

    @Test func `an end with code 0 before READY is a failure`() async throws {
        let service = Probe.service(startAtBoot: true, environment: ["PROBE_EXIT": "0"])
        try await Probe.run([service]) { probe in
            try await probe.wait { $0.exits.count >= 2 }
            #expect(probe.status.exits.first == .protocolFault)
        }
    }

    @Test func `a program that can not be executed is told with the reason`() async throws {
        var service = Probe.service(startAtBoot: true)
        service.executable = "/nowhere/probe"
        try await Probe.run([service]) { probe in
            try await probe.wait { $0.exits.first == .notExecuted(errno: ENOENT) }
        }
    }

    @Test func `a service that never says READY is killed and started again`() async throws {
        let service = Probe.service(startAtBoot: true, environment: ["PROBE_MUTE": "1"])
        try await Probe.run([service], edit: { $0.startTimeout = .milliseconds(50) }) { probe in
            try await probe.wait { $0.exits.first == .timeout && $0.starts >= 2 }
        }
    }

    @Test func `a silent service is ended by the watchdog and started again, the others go on`() async throws
    {
        let services = [Probe.service(startAtBoot: true), Probe.service("other", startAtBoot: true)]
        try await Probe.run(services, edit: { $0.watchdog = .milliseconds(300) }) { probe in
            try await probe.supervisor.waitUntilReady()
            try #expect(probe.ask("hang") == "done")
            try await probe.wait { $0.exits == [.watchdog] && $0.readies == 2 }
            try await probe.supervisor.wait { $0["other"]!.pings > 3 }
            #expect(probe.supervisor.statuses["other"]?.starts == 1)
        }
    }

    @Test func `the watchdog ends even a stopped process`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true)], edit: { $0.watchdog = .milliseconds(300) }) {
            probe in
            try await probe.supervisor.waitUntilReady()
            probe.supervisor.kill("probe", SIGSTOP)
            try await probe.wait { $0.exits == [.watchdog] && $0.readies == 2 }
        }
    }

    @Test func `a restart that was asked for is no failure`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true)]) { probe in
            try await probe.supervisor.waitUntilReady()
            try probe.supervisor.restart("probe")
            try await probe.wait { $0.readies == 2 }
            #expect(probe.status.exits == [.success])
        }
    }
}
