import Glibc
import ServiceSupervisor
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct ActivationTests {
    @Test func `a service sleeps until the first connect and then answers it`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            #expect(probe.status.state == .listening && probe.status.starts == 0)
            let pid = try probe.ask("pid")
            // What it says of itself, and what is told of it, come behind its state.
            try await probe.wait { $0.state == .ready && $0.statusText == "probing" }
            #expect(pid == probe.supervisor.pid(of: "probe").map { "\($0)" })
            while !probe.events.words.contains("ready") { await Task.yield() }
            #expect(probe.events.words == ["started", "ready"])
        }
    }

    @Test func `a service that starts at boot needs no connect`() async throws {
        try await Probe.run([Probe.service(startAtBoot: true), Probe.service("other")]) { probe in
            try await probe.supervisor.waitUntilReady()
            #expect(probe.supervisor.statuses["other"]?.starts == 0)
        }
    }

    @Test func `every door is handed over under its name`() async throws {
        try await Probe.run([Probe.service(doors: ["client", "admin", "task"])]) { probe in
            for door in ["task", "client", "admin"] { try #expect(probe.ask("door", door: door) == door) }
            try await probe.wait { $0.state == .ready && $0.starts == 1 }
        }
    }

    @Test func `a service is told its folders, its log form and its watchdog`() async throws {
        let service = Probe.service(environment: ["OWN": "service"])
        try await Probe.run([service], edit: { $0.environment = ["OWN": "plan", "ALL": "1"] }) { probe in
            let expected = [
                "FNF_RUNTIME_DIR": "\(probe.folder)/run", "FNF_CONFIG_DIR": "/", "FNF_LOG_FORMAT": "json",
                "STATE_DIRECTORY": "\(probe.folder)/state/probe", "WATCHDOG_USEC": "15000000",
                "LISTEN_FDS": "1",
                "LISTEN_FDNAMES": "client", "NOTIFY_SOCKET": "\(probe.folder)/run/notify", "OWN": "service",
                "ALL": "1", "INVOCATION_ID": "(none)",
            ]
            for (name, value) in expected { try #expect(probe.ask("env \(name)") == value) }
        }
    }

    @Test func `sockets give access to owner and group only, and go when the supervisor stops`() async throws
    {
        var socket = ""
        try await Probe.run([Probe.service()]) { probe in
            socket = "\(probe.folder)/run/probe-client.sock"
            var status = stat()
            #expect(stat(socket, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o660)
            await probe.supervisor.stop()
            #expect(stat(socket, &status) != 0)
        }
    }

    @Test func `a socket file that a killed supervisor left is replaced`() async throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        try Files.makeFolder("\(folder)/run")
        try Files.put("stale", "\(folder)/run/probe-client.sock")
        let plan = SupervisorPlan(folder: folder, configuration: .folder("/"), services: [Probe.service()])
        let supervisor = try Supervisor(plan: plan)
        _ = try Connection("\(folder)/run/probe-client.sock")
        await supervisor.stop()
    }

    @Test func `a second supervisor in the same folder is refused and does no harm`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            #expect(throws: SupervisorFault.folderInUse(path: probe.folder, pid: getpid())) {
                try Supervisor(plan: probe.supervisor.plan)
            }
            try #expect(probe.ask("door") == "client")
        }
    }

    @Test func `the folder is free again once the supervisor has stopped`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            await probe.supervisor.stop()
            let next = try Supervisor(plan: probe.supervisor.plan)
            await next.stop()
        }
    }

    @Test func `a folder whose socket paths are too long is refused by name`() throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        let long = "\(folder)/\(String(repeating: "x", count: 100))"
        let plan = SupervisorPlan(folder: long, configuration: .folder("/"), services: [Probe.service()])
        #expect(
            throws: SupervisorFault.socketPathTooLong(path: "\(long)/run/notify", bytes: long.utf8.count + 11)
        ) {
            try Supervisor(plan: plan)
        }
    }
}
