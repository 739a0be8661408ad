import CPlatform
import Glibc
import Testing

@Suite struct PlatformTests {
    @Test func `a service is started with its sockets as systemd hands them over`() throws {
        let scratch = try Scratch()
        let listeners = ["1", "2"].map { boundSocket("\(scratch.path)/\($0)", listening: true) }
        let (reading, writing) = try pipePair()
        let script =
            "test $LISTEN_PID = $$ && test $WATCHDOG_PID = $$ && test -S /dev/fd/3 && test -S /dev/fd/4"
            + " && test ! -e /dev/fd/5 && echo fds=$LISTEN_FDS names=$LISTEN_FDNAMES in=$PWD"
        let child = spawn(
            ["/bin/sh", "-c", script], environment: ["LISTEN_FDNAMES=client:admin"], listeners: listeners,
            output: writing, directory: scratch.path)
        close(writing)
        #expect(received(reading) == "fds=2 names=client:admin in=\(scratch.path)\n")
        var status: Int32 = -1
        #expect(waitpid(child, &status, 0) == child && status == 0)
        (listeners + [reading]).forEach { close($0) }
    }

    @Test func `a program that can not be executed is an error of the start`() {
        #expect(
            spawn(["/nonexistent/flow-engine"], environment: [], listeners: [], output: -1, directory: nil)
                == -1)
        #expect(errno == ENOENT)
    }

    @Test func `a process descriptor becomes readable when the process ends`() {
        let child = spawn(
            ["/bin/sh", "-c", "exit 7"], environment: [], listeners: [], output: -1, directory: nil)
        let descriptor = fnf_process_descriptor(child)
        var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        #expect(poll(&ended, 1, 10_000) == 1)
        var status: Int32 = 0
        #expect(waitpid(child, &status, 0) == child && status == 7 << 8)
        close(descriptor)
    }

    @Test func `a wall-clock timer that is over fires at once and a later one not yet`() {
        let timer = fnf_wall_timer_create()
        defer { close(timer) }
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        #expect(fnf_wall_timer_arm(timer, Int64(now.tv_sec) + 3600, 0) == 0)
        #expect(fnf_wall_timer_read(timer) == 0)
        #expect(fnf_wall_timer_arm(timer, Int64(now.tv_sec) - 1, 0) == 0)
        #expect(fnf_wall_timer_read(timer) == 1)
        #expect(fnf_wall_timer_read(timer) == 0)
    }

    @Test func `sockets tell what they are`() throws {
        let scratch = try Scratch()
        let listening = boundSocket("\(scratch.path)/l", listening: true)
        var pair: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        #expect(fnf_is_listening(listening) == 1)
        #expect(fnf_is_listening(pair[0]) == 0)
        var uid: UInt32 = 0
        var gid: UInt32 = 0
        var pid: Int32 = 0
        #expect(fnf_peer_credentials(pair[0], &uid, &gid, &pid) == 0)
        #expect(uid == getuid() && gid == getgid() && pid == getpid())
        let second = fnf_duplicate_cloexec(listening, 200)
        #expect(second >= 200 && fcntl(second, F_GETFD) & FD_CLOEXEC != 0)
        let memory = fnf_memory_file("fnf-test")
        #expect(memory >= 0 && write(memory, "x", 1) == 1)
        (pair + [listening, second, memory]).forEach { close($0) }
    }
}

private func spawn(
    _ arguments: [String], environment: [String], listeners: [Int32], output: Int32, directory: String?
) -> pid_t {
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    let folder = directory.flatMap { strdup($0) }
    defer { (argv + envp + [folder]).forEach { free($0) } }
    return argv.withUnsafeMutableBufferPointer { argv in
        envp.withUnsafeMutableBufferPointer { envp in
            listeners.withUnsafeBufferPointer { listeners in
                var activation = fnf_activation()
                activation.path = argv.first.flatMap { $0.map { UnsafePointer($0) } }
                activation.arguments = UnsafePointer(argv.baseAddress)
                activation.environment = UnsafePointer(envp.baseAddress)
                activation.listeners = listeners.baseAddress
                activation.listener_count = Int32(listeners.count)
                activation.watchdog = 1
                activation.standard_output = output
                activation.standard_error = -1
                activation.directory = folder.map { UnsafePointer($0) }
                return fnf_spawn_activated(&activation)
            }
        }
    }
}
