import Glibc
import ServiceSupervisor
import Synchronization

/// A program beside this one: another part of the bench, or a tool. It ends when it is told to.
final class SideProcess: Sendable {
    let pid: pid_t
    /// A pipe from here to its standard input; closed when this process ends.
    private let input: Int32
    private let hasEnded = Mutex(false)

    /// Starts this very program again.
    convenience init(_ arguments: [String]) throws {
        try self.init(runningProgram(), arguments)
    }

    /// - Parameters:
    ///   - program: a path, or a name that PATH finds.
    ///   - log: where its output goes; nil: where ours goes.
    init(_ program: String, _ arguments: [String], log: String? = nil) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFault.system("can not make a pipe") }
        // The other's copy of our end would keep it from seeing the end.
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        if let log {
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        // Threads here block most signals, and a child inherits that.
        var attributes = posix_spawnattr_t()
        var defaults = sigset_t()
        var blocked = sigset_t()
        sigfillset(&defaults)
        sigemptyset(&blocked)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var started: pid_t = 0
        let code = posix_spawnp(&started, program, &actions, &attributes, words, environ)
        close(ends[0])
        guard code == 0 else {
            close(ends[1])
            errno = code
            throw BenchFault.system("can not start \(program)")
        }
        pid = started
        input = ends[1]
    }

    deinit { stop() }

    /// Closes its input, sends the signal, and after 5 s SIGKILL.
    func stop(_ signal: Int32 = 0) {
        guard takeEnd() else { return }
        close(input)
        if signal != 0 { kill(pid, signal) }
        var status: Int32 = 0
        for _ in 0..<500 {
            if waitpid(pid, &status, WNOHANG) != 0 { return }
            usleep(10_000)
        }
        kill(pid, SIGKILL)
        waitpid(pid, &status, 0)
    }

    /// Waits for its end; returns its exit status.
    func waitForEnd() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        if takeEnd() { close(input) }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }

    /// True for who ends it.
    private func takeEnd() -> Bool {
        hasEnded.withLock { hasEnded in
            defer { hasEnded = true }
            return !hasEnded
        }
    }

    /// Whether PATH has a program of this name.
    static func isThere(_ name: String) -> Bool {
        let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        return folders.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
}
