import Glibc

/// The limit that all else is held against: appending 300 bytes and syncing them, one after the other.
struct DiskSync {
    let folder: String

    func measure(quick: Bool) throws -> [Figure] {
        Progress.show("disk: append 300 bytes + fdatasync")
        let path = "\(folder)/disk"
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw BenchFault.system("can not write \(path)") }
        defer {
            close(file)
            unlink(path)
        }
        let record = [UInt8](repeating: 0x61, count: 300)
        let limit: Duration = .seconds(quick ? 1 : 5)
        var times: [Double] = []
        let clock = ContinuousClock()
        let begin = clock.now
        while times.count < (quick ? 500 : 5000), clock.now - begin < limit {
            let start = clock.now
            guard write(file, record, record.count) == record.count, fdatasync(file) == 0 else {
                throw BenchFault.system("can not append to \(path)")
            }
            times.append((clock.now - start).milliseconds)
        }
        let elapsed = (clock.now - begin).inSeconds
        let samples = Samples(times)
        return [
            Figure("disk_sync_p50_ms", samples.p50, "ms"), Figure("disk_sync_p99_ms", samples.p99, "ms"),
            Figure("disk_sync_per_s", Double(times.count) / elapsed, "1/s"),
        ]
    }
}
