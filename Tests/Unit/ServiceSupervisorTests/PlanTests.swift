import Glibc
import ServiceSupervisor
import TestHost
import Testing

@Suite struct PlanTests {
    /// An installed tree: the programs and the defaults of a prefix.
    private func withPrefix(_ body: (String) throws -> Void) throws {
        let prefix = try TemporaryFolder().path
        defer { Files.removeTree(prefix) }
        for folder in ["libexec", "libexec/fnf", "bin", "share", "share/fnf", "share/fnf/defaults"] {
            try Files.makeFolder("\(prefix)/\(folder)")
        }
        try Files.makeFolder("\(prefix)/share/fnf/defaults/resources.d")
        try Files.put("a: 1\n", "\(prefix)/share/fnf/defaults/flow-engine.yaml")
        try Files.put("b: 2\n", "\(prefix)/share/fnf/defaults/resources.d/order.yaml")
        try Files.put("no configuration", "\(prefix)/share/fnf/defaults/README")
        let names = [
            "flow-engine", "order-store", "payment-gateway", "supplier-rules", "flow-web", "http-egress",
        ]
        for name in names {
            try Files.put("#!/bin/sh\n", "\(prefix)/libexec/fnf/\(name)")
            chmod("\(prefix)/libexec/fnf/\(name)", 0o755)
        }
        try body(prefix)
    }

    @Test func `the services have the doors of their units`() throws {
        try withPrefix { prefix in
            let plan = try SupervisorPlan.fnf(
                folder: "\(prefix)/up",
                programs: ProgramFolders(program: "\(prefix)/bin/fnfctl", libexec: nil))
            let files = plan.services.map { $0.doors.map(\.socketFile) }
            #expect(
                files == [
                    ["flow-engine.sock", "flow-engine-admin.sock", "flow-engine-report.sock"],
                    [
                        "order-store.sock", "order-store-admin.sock", "order-store-internal.sock",
                        "order-store-task.sock",
                    ],
                    ["payment-gateway.sock", "payment-gateway-admin.sock", "payment-gateway-task.sock"],
                    ["supplier-rules.sock", "supplier-rules-admin.sock", "supplier-rules-task.sock"],
                    ["flow-web.sock", "flow-web-admin.sock"],
                    ["http-egress.sock", "http-egress-admin.sock", "http-egress-task.sock"],
                ])
            #expect(
                plan.services.filter { !$0.startAtBoot }.map(\.name) == [
                    "supplier-rules", "flow-web", "http-egress",
                ])
            #expect(plan.services[0].executable == "\(prefix)/libexec/fnf/flow-engine")
        }
    }

    @Test func `a folder without configuration gets the defaults, and keeps what was changed`() async throws {
        let prefix = try TemporaryFolder().path
        defer { Files.removeTree(prefix) }
        try Files.makeFolder("\(prefix)/defaults")
        try Files.makeFolder("\(prefix)/defaults/resources.d")
        try Files.put("a: 1\n", "\(prefix)/defaults/flow-engine.yaml")
        try Files.put("b: 2\n", "\(prefix)/defaults/resources.d/order.yaml")
        try Files.put("no configuration", "\(prefix)/defaults/README")
        let plan = SupervisorPlan(
            folder: "\(prefix)/up", configuration: .ownFrom(defaults: "\(prefix)/defaults"), services: [])
        #expect(plan.configurationFolder == "\(prefix)/up/etc")
        await (try Supervisor(plan: plan)).stop()
        #expect(Files.text("\(prefix)/up/etc/flow-engine.yaml") == "a: 1\n")
        #expect(Files.text("\(prefix)/up/etc/resources.d/order.yaml") == "b: 2\n")
        #expect(Files.text("\(prefix)/up/etc/README") == nil)
        try Files.put("a: 5\n", "\(prefix)/up/etc/flow-engine.yaml")
        await (try Supervisor(plan: plan)).stop()
        #expect(Files.text("\(prefix)/up/etc/flow-engine.yaml") == "a: 5\n")
    }

    @Test func `the defaults come from the program's own prefix`() throws {
        try withPrefix { prefix in
            for program in ["\(prefix)/bin/fnfctl", "\(prefix)/libexec/fnf/fnfctl"] {
                let plan = try SupervisorPlan.fnf(
                    folder: "\(prefix)/up", programs: ProgramFolders(program: program, libexec: nil))
                #expect(plan.configuration == .ownFrom(defaults: "\(prefix)/share/fnf/defaults"))
            }
        }
    }

    @Test func `FNF_LIBEXEC_DIR is looked in and nowhere else`() throws {
        try withPrefix { prefix in
            let programs = ProgramFolders(program: "\(prefix)/libexec/fnf/fnfctl", libexec: "\(prefix)/bin")
            #expect(
                throws: SupervisorFault.programMissing(name: "flow-engine", lookedIn: ["\(prefix)/bin"])
            ) {
                try SupervisorPlan.fnf(folder: "\(prefix)/up", programs: programs)
            }
        }
    }

    @Test func `a configuration folder that is not there is refused by name`() throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        let plan = SupervisorPlan(
            folder: folder, configuration: .folder("\(folder)/none"), services: [Probe.service()])
        #expect(
            throws: SupervisorFault.configurationUnusable(path: "\(folder)/none", reason: "it is no folder")
        ) {
            try Supervisor(plan: plan)
        }
    }

    @Test(
        arguments: [
            ("8080", "127.0.0.1:8080"), ("0.0.0.0:80", "0.0.0.0:80"), ("[::1]:0", "[::1]:0"),
            ("localhost:9", "localhost:9"),
        ])
    func `an address is a port, or a host and a port`(_ text: String, _ address: String) {
        #expect(TCPAddress(text)?.description == address)
    }

    @Test(arguments: ["", "x", "70000", ":80", "::1:80", "a:b", "1.2.3.4", "-1", "h:"])
    func `what is no address is none`(_ text: String) { #expect(TCPAddress(text) == nil) }

    @Test func `a TCP listener gets a port, and one that is taken is refused by name`() async throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        var service = Probe.service()
        service.listeners = [.init(name: "http", address: TCPAddress(port: 0))]
        let plan = SupervisorPlan(folder: folder, configuration: .folder("/"), services: [service])
        let supervisor = try Supervisor(plan: plan)
        let address = try #require(supervisor.addresses["http"])
        #expect(address.host == "127.0.0.1" && address.port > 0)
        service.listeners = [.init(name: "http", address: address)]
        let second = SupervisorPlan(folder: "\(folder)/2", configuration: .folder("/"), services: [service])
        #expect {
            try Supervisor(plan: second)
        } throws: { "\($0)".contains("\(address)") }
        await supervisor.stop()
    }

    @Test func `a credential is made once, for its owner alone`() async throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        var service = Probe.service()
        service.credentials = ["probe-key"]
        let plan = SupervisorPlan(folder: folder, configuration: .folder("/"), services: [service])
        let file = "\(folder)/credentials/probe-key"
        await (try Supervisor(plan: plan)).stop()
        var status = stat()
        #expect(stat(file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600 && status.st_size == 32)
        let first = status.st_ino
        await (try Supervisor(plan: plan)).stop()
        #expect(stat(file, &status) == 0 && status.st_ino == first)
    }

    @Test func `a relative folder is taken from the working directory`() {
        #expect(SupervisorLayout(folder: "a/../b/./c").folder.hasSuffix("/b/c"))
        #expect(SupervisorLayout(folder: "/x//y/").folder == "/x/y")
    }
}
