import BenchReport
import Glibc
import ServiceSupervisor

/// Counts the syncs of each service as the kernel sees them, to check what the services say of themselves.
struct SyncTrace {
    let system: OrderSystem
    let scope: Scope

    /// Traced processes are slow, so few orders and no times.
    func measure() async throws -> [Figure] {
        var tracers: [(service: String, pid: pid_t, file: String)] = []
        defer { for tracer in tracers { kill(tracer.pid, SIGINT) } }
        for service in system.services {
            let file = "\(system.supervisor.plan.layout.folder)/strace-\(service)"
            let pid = try trace(try system.facts(service).pid, into: file)
            tracers.append((service, pid, file))
            try await waitUntilTraced(service, by: pid)
        }
        Progress.show("orders under strace")
        let load = OrderLoad(
            system: system, name: "traced", inFlight: 1, count: max(20, min(scope.orders / 10, 100)))
        let orders = Double(try await load.run().times.count)
        var figures: [Figure] = []
        for tracer in tracers {
            kill(tracer.pid, SIGINT)
            var status: Int32 = 0
            waitpid(tracer.pid, &status, 0)
            let count = Self.calls(in: SmallFile.text(tracer.file) ?? "")
            figures.append(
                Figure("traced_syncs_per_order_\(figureWord(tracer.service))", count / orders, "1"))
        }
        tracers = []
        return [Figure("traced_syncs_per_order", figures.map(\.value).reduce(0, +), "1")] + figures
    }

    private func trace(_ pid: pid_t, into file: String) throws -> pid_t {
        let words = ["strace", "-f", "-c", "-q", "-e", "trace=fdatasync,fsync", "-o", file, "-p", "\(pid)"]
        var arguments = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        // Threads here block most signals and the process ignores SIGINT; strace would inherit both.
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
        var tracer: pid_t = 0
        let code = posix_spawnp(&tracer, "strace", nil, &attributes, arguments, environ)
        guard code == 0 else {
            errno = code
            throw BenchFault.system("can not start strace (apt-get install strace, or leave --strace out)")
        }
        return tracer
    }

    private func waitUntilTraced(_ service: String, by tracer: pid_t) async throws {
        for _ in 0..<500 {
            if try system.facts(service).isTraced { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchFault(
            "strace \(tracer) could not attach to \(service): run as root, or leave --strace out")
    }

    /// Shape: strace's table, `% time  seconds  usecs/call  calls  [errors]  syscall`.
    private static func calls(in table: String) -> Double {
        var sum = 0.0
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 5, words.last == "fdatasync" || words.last == "fsync" else { continue }
            sum += Double(words[3]) ?? 0
        }
        return sum
    }
}
