import BenchReport
import ServiceSupervisor
import Synchronization

/// Orders while `fnfctl admin backup` copies all services' databases, one backup after the other.
struct BackupStall {
    static let names = [
        "backup_count", "backup_s", "backup_mib", "backup_order_p99_ms", "backup_order_max_ms",
    ]
    private static let inFlight = 32

    let system: OrderSystem
    let scope: Scope

    func measure() async throws -> [Figure] {
        guard scope.wants(.backup) else { return [] }
        let load = OrderLoad(
            system: system, name: "backup", inFlight: Self.inFlight, count: scope.orders(at: Self.inFlight))
        let ended = Atomic(false)
        let layout = system.supervisor.plan.layout
        async let backups = onOwnThread { try Self.backUp(layout) { ended.load(ordering: .relaxed) } }
        let outcome: OrderLoad.Outcome
        do { outcome = try await load.run() } catch {
            ended.store(true, ordering: .relaxed)
            throw error
        }
        ended.store(true, ordering: .relaxed)
        let made = try await backups
        let times = Samples(outcome.times.map(\.whole))
        return [
            Figure("backup_count", Double(made.seconds.count), "1"),
            Figure("backup_s", Samples(made.seconds).p50, "s"),
            Figure("backup_mib", made.bytes / 1_048_576, "MiB"),
            Figure("backup_order_p99_ms", times.p99, "ms"),
            Figure("backup_order_max_ms", times.largest, "ms"),
        ]
    }

    /// Until the orders have ended, and once at least. `bytes` are those of the last.
    private static func backUp(
        _ layout: SupervisorLayout, until isOver: () -> Bool
    ) throws -> (seconds: [Double], bytes: Double) {
        let program = try ProgramFolders().path(of: "fnfctl")
        let log = "\(layout.folder)/backup.log"
        var seconds: [Double] = []
        var bytes = 0.0
        repeat {
            let folder = "\(layout.folder)/backup-\(seconds.count)"
            let begin = ContinuousClock.now
            let backup = try SideProcess(
                program, ["admin", "backup", "--socket-dir", layout.runtimeFolder, folder], log: log)
            let status = backup.waitForEnd()
            guard status == 0 else {
                throw BenchFault("fnfctl admin backup ended with \(status): \(SmallFile.text(log) ?? "")")
            }
            seconds.append((ContinuousClock.now - begin).inSeconds)
            bytes = FolderTree.names(in: folder).reduce(0) { $0 + FolderTree.bytes(in: "\(folder)/\($1)") }
            FolderTree.remove(folder)
        } while !isOver()
        return (seconds, bytes)
    }
}
