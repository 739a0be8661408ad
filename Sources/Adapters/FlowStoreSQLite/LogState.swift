import Glibc

/// What SQLite's shared memory file says about the write-ahead log: how many frames were committed, which
/// happens after they were synced. So a log of the same salts that holds fewer has lost commits that were
/// acknowledged, whatever ended the process. Source: sqlite.org/walformat.html, §2.2.
struct LogState: Hashable {
    /// Changes whenever the log begins anew.
    var salts: UInt64
    var frames: UInt32
    /// Frames that the database itself holds, so that the log is not needed for them.
    var backfilled: UInt32
    /// The file was written since the kernel was started. Otherwise it may be older than the log.
    var isOfThisBoot: Bool

    /// Nil: there is no such file, or it says nothing.
    init?(database path: String) {
        let descriptor = open(path + "-shm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 136)
        var facts = stat()
        guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count, fstat(descriptor, &facts) == 0 else {
            return nil
        }
        self.init(bytes, changed: Int64(facts.st_mtim.tv_sec))
    }

    /// - Parameter bytes: the header, twice, and what is known of checkpoints.
    /// - Parameter changed: seconds since 1970.
    init?(_ bytes: [UInt8], changed: Int64) {
        guard bytes[0..<48] == bytes[48..<96] else { return nil }
        func word(_ offset: Int) -> UInt32 {
            bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
        }
        guard word(0) == 3_007_000, bytes[12] == 1 else { return nil }
        var (first, second): (UInt32, UInt32) = (0, 0)
        for offset in stride(from: 0, to: 40, by: 8) {
            first = first &+ word(offset) &+ second
            second = second &+ word(offset + 4) &+ first
        }
        guard first == word(40), second == word(44) else { return nil }
        salts = UInt64(word(32)) << 32 | UInt64(word(36))
        frames = word(16)
        backfilled = word(96)
        var (now, running) = (timespec(), timespec())
        clock_gettime(CLOCK_REALTIME, &now)
        clock_gettime(CLOCK_BOOTTIME, &running)
        isOfThisBoot = changed > Int64(now.tv_sec - running.tv_sec)
    }

    /// How many committed frames are gone, when SQLite found the log afterwards as `found` says.
    func lost(to found: LogState?) -> UInt32 {
        guard frames > backfilled else { return 0 }
        if let found, found.salts == salts {
            let kept = max(found.frames, backfilled)
            return frames > kept ? frames - kept : 0
        }
        // Another log, or none: after a loss of power this file may be the older one.
        return isOfThisBoot ? frames - backfilled : 0
    }
}
