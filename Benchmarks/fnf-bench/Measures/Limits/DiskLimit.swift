import BenchReport
import Glibc

/// The limit that all else is held against: appending records of 300 bytes and syncing them, so many at a
/// time, one batch after the other.
struct DiskLimit {
    static let batches = [1, 10, 100]
    static let names =
        ["disk_sync_p50_ms", "disk_sync_p99_ms", "disk_sync_per_s"]
        + batches.map { "disk_records_per_s_\($0)" } + batches.map { "disk_batch_p50_ms_\($0)" }
    private static let recordBytes = 300

    let folder: String

    func measure(quick: Bool) throws -> [Figure] {
        var figures: [Figure] = []
        for batch in Self.batches {
            Progress.show("disk: append \(batch) × 300 bytes + fdatasync")
            let (times, seconds) = try run(batch, limit: .seconds(quick ? 1 : 3), count: quick ? 500 : 5000)
            let samples = Samples(times)
            figures += [
                Figure("disk_records_per_s_\(batch)", Double(batch * times.count) / seconds, "1/s"),
                Figure("disk_batch_p50_ms_\(batch)", samples.p50, "ms"),
            ]
            guard batch == 1 else { continue }
            figures += [
                Figure("disk_sync_p50_ms", samples.p50, "ms"), Figure("disk_sync_p99_ms", samples.p99, "ms"),
                Figure("disk_sync_per_s", Double(times.count) / seconds, "1/s"),
            ]
        }
        return figures
    }

    /// Units: milliseconds of each batch; seconds of all.
    private func run(_ batch: Int, limit: Duration, count: Int) throws -> ([Double], Double) {
        let path = "\(folder)/disk"
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw BenchFault.system("can not write \(path)") }
        defer {
            close(file)
            unlink(path)
        }
        let records = [UInt8](repeating: 0x61, count: batch * Self.recordBytes)
        var times: [Double] = []
        let clock = ContinuousClock()
        let begin = clock.now
        while times.count < count, clock.now - begin < limit {
            let start = clock.now
            guard write(file, records, records.count) == records.count, fdatasync(file) == 0 else {
                throw BenchFault.system("can not append to \(path)")
            }
            times.append((clock.now - start).milliseconds)
        }
        return (times, (clock.now - begin).inSeconds)
    }
}
