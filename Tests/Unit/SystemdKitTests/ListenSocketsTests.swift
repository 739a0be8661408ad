import CPlatform
import Glibc
import SystemdKit
import Testing

@Suite struct ListenSocketsTests {
    /// In a process of its own, since the descriptors must be 3 and 4 and the environment changes.
    @Test func `passed sockets are adopted by name and reach no child`() async {
        await #expect(processExitsWith: .success) {
            let folder = "/tmp/fnf-adopt-\(getpid())"
            mkdir(folder, 0o700)
            let sockets = ["a", "b"].map { boundSocket("\(folder)/\($0).sock", listening: true) }
            for (index, socket) in sockets.map({ fnf_duplicate_cloexec($0, 100) }).enumerated() {
                dup2(socket, Int32(3 + index))
            }
            setenv("LISTEN_PID", "\(getpid())", 1)
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_FDNAMES", "admin:client", 1)
            let adopted = try ListenSockets.adopt(doors: ["client", "admin"], required: ["client"])
            let expected = [
                ListenSocket(descriptor: 3, name: "admin", path: "\(folder)/a.sock"),
                ListenSocket(descriptor: 4, name: "client", path: "\(folder)/b.sock"),
            ]
            let closedAtExec = adopted.allSatisfy { fcntl($0.descriptor, F_GETFD) & FD_CLOEXEC != 0 }
            let names = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]
            let hidden = names.allSatisfy { ProcessEnvironment.lookup($0) == nil }
            for name in ["a", "b"] { unlink("\(folder)/\(name).sock") }
            rmdir(folder)
            exit(adopted == expected && closedAtExec && hidden ? 0 : 1)
        }
    }

    @Test func `a start without sockets says how to start`() async {
        await #expect(processExitsWith: .success) {
            unsetenv("LISTEN_PID")
            unsetenv("LISTEN_FDS")
            #expect(throws: ListenSocketsError.noSockets) { try ListenSockets.adopt() }
            #expect("\(ListenSocketsError.noSockets)".contains("fnfctl up"))
        }
    }

    @Test func `sockets for another process are left alone`() async {
        await #expect(processExitsWith: .success) {
            setenv("LISTEN_PID", "1", 1)
            setenv("LISTEN_FDS", "1", 1)
            #expect(throws: ListenSocketsError.wrongProcess(listenPID: "1")) { try ListenSockets.adopt() }
        }
    }

    @Test func `only listening Unix stream sockets are served`() throws {
        let scratch = try Scratch()
        let idle = boundSocket("\(scratch.path)/idle", listening: false)
        let datagram = boundSocket("\(scratch.path)/datagram", type: SOCK_DGRAM, listening: false)
        let network = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let file = open("/dev/null", O_RDONLY)
        let descriptors = [idle, datagram, network, file]
        defer { descriptors.forEach { close($0) } }
        for descriptor in descriptors {
            #expect(
                throws: ListenSocketsError.notAListeningUnixStream(descriptor: descriptor, name: "client")
            ) {
                try ListenSockets.check([(descriptor, "client")])
            }
        }
    }

    @Test func `a listener whose name is known as one must be a listening TCP socket`() throws {
        let scratch = try Scratch()
        let unix = boundSocket("\(scratch.path)/client", listening: true)
        let idle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // Unbound, it gets a port of the kernel's choice.
        let listening = [AF_INET, AF_INET6].map { socket($0, Int32(SOCK_STREAM.rawValue), 0) }
        for descriptor in listening { try #require(listen(descriptor, 1) == 0) }
        defer { ([unix, idle] + listening).forEach { close($0) } }
        let passed = [(unix, "client"), (listening[0], "http"), (listening[1], "https")]
        let sockets = try ListenSockets.check(
            passed.map { (descriptor: $0.0, name: $0.1) }, doors: ["client"],
            tcp: ["http", "https", "legacy"])
        #expect(sockets.map(\.family) == [.unix, .tcp, .tcp])
        for descriptor in [unix, idle] {
            #expect(
                throws: ListenSocketsError.notAListeningTCPSocket(descriptor: descriptor, name: "http")
            ) {
                try ListenSockets.check([(descriptor, "http")], doors: ["client"], tcp: ["http"])
            }
        }
        #expect(
            throws: ListenSocketsError.notAListeningUnixStream(descriptor: listening[0], name: "client")
        ) {
            try ListenSockets.check([(listening[0], "client")], doors: ["client"], tcp: ["http"])
        }
    }

    @Test func `unknown, repeated and missing doors are refused by name`() throws {
        let scratch = try Scratch()
        let first = boundSocket("\(scratch.path)/1", listening: true)
        let second = boundSocket("\(scratch.path)/2", listening: true)
        defer { [first, second].forEach { close($0) } }
        #expect(throws: ListenSocketsError.unknownName("unknown", descriptor: first, known: ["client"])) {
            try ListenSockets.check([(first, "unknown")], doors: ["client"])
        }
        #expect(throws: ListenSocketsError.duplicateName("client", descriptors: [first, second])) {
            try ListenSockets.check([(first, "client"), (second, "client")])
        }
        #expect(throws: ListenSocketsError.missingName("task", passed: ["client"])) {
            try ListenSockets.check([(first, "client")], required: ["client", "task"])
        }
    }
}
