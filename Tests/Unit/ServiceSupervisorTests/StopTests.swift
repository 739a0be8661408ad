import Glibc
import ServiceSupervisor
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct StopTests {
    @Test func `stopping lets services end by themselves and leaves no process`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true), Probe.service("other")]) { probe in
            try await probe.supervisor.waitUntilReady()
            let pid = try #require(probe.supervisor.pid(of: "probe"))
            await probe.supervisor.stop()
            #expect(probe.status.exits == [.success])
            #expect(probe.events.words == ["started", "ready", "stopping", "exited: success"])
            #expect(kill(pid, 0) == -1 && errno == ESRCH)
            #expect(probe.supervisor.statuses.values.allSatisfy { $0.state == .stopped })
        }
    }

    @Test func `a service that does not end is killed after the grace period`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true, environment: ["PROBE_DEAF": "1"])]) { probe in
            try await probe.supervisor.waitUntilReady()
            await probe.supervisor.stop(grace: .milliseconds(50))
            #expect(probe.status.exits == [.timeout])
        }
    }

    @Test func `a reload reaches a service that runs`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true)]) { probe in
            try await probe.supervisor.waitUntilReady()
            probe.supervisor.reload()
            try await probe.wait { $0.reloads == 1 }
            #expect(probe.status.starts == 1)
            #expect(probe.events.words == ["started", "ready", "reloading"])
        }
    }

    @Test func `a wait says how the services are when its time is up`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            await #expect(
                throws: SupervisorFault.timedOut(
                    after: .milliseconds(20), last: "probe listening, started 0×")
            ) {
                try await probe.supervisor.wait(timeout: .milliseconds(20)) { _ in false }
            }
        }
    }

    @Test func `a wait ends when the supervisor stops`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            let waiting = Task { try await probe.supervisor.wait { _ in false } }
            await probe.supervisor.stop()
            await #expect(throws: SupervisorFault.stopped(last: "probe stopped, started 0×")) {
                try await waiting.value
            }
        }
    }

    @Test func `a canceled wait ends at once`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            let waiting = Task { try await probe.supervisor.wait { _ in false } }
            waiting.cancel()
            await #expect(throws: SupervisorFault.canceled) { try await waiting.value }
        }
    }
}
