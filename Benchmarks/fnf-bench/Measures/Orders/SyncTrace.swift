import BenchReport
import Glibc
import ServiceSupervisor

/// Counts the syncs of each service as the kernel sees them, to check what the services say of themselves.
struct SyncTrace {
    let system: OrderSystem
    let scope: Scope

    /// Traced processes are slow, so few orders and no times.
    func measure() async throws -> [Figure] {
        var tracers: [(service: String, process: SideProcess, file: String)] = []
        defer { for tracer in tracers { tracer.process.stop(SIGINT) } }
        guard SideProcess.isThere("strace") else {
            throw BenchFault("there is no strace: apt-get install strace, or leave --strace out")
        }
        for service in system.services {
            let file = "\(system.supervisor.plan.layout.folder)/strace-\(service)"
            let pid = try system.facts(service).pid
            let words = ["-f", "-c", "-q", "-e", "trace=fdatasync,fsync", "-o", file, "-p", "\(pid)"]
            tracers.append((service, try SideProcess("strace", words), file))
            try await waitUntilTraced(service)
        }
        Progress.show("orders under strace")
        let load = OrderLoad(
            system: system, name: "traced", inFlight: 1, count: max(20, min(scope.orders / 10, 100)))
        let orders = Double(try await load.run().times.count)
        var figures: [Figure] = []
        for tracer in tracers {
            tracer.process.stop(SIGINT)
            let count = Self.calls(in: SmallFile.text(tracer.file) ?? "")
            figures.append(
                Figure("traced_syncs_per_order_\(figureWord(tracer.service))", count / orders, "1"))
        }
        return [Figure("traced_syncs_per_order", figures.map(\.value).reduce(0, +), "1")] + figures
    }

    private func waitUntilTraced(_ service: String) async throws {
        for _ in 0..<500 {
            if try system.facts(service).isTraced { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchFault("strace could not attach to \(service): run as root, or leave --strace out")
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
