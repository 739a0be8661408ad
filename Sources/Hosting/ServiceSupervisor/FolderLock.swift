import Glibc

/// The right to run in a folder; the kernel gives it back when the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: OwnedDescriptor

    init(_ layout: SupervisorLayout) throws(SupervisorFault) {
        let path = layout.lockFile
        let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw .folderUnusable(path: layout.folder, reason: systemReason(errno)) }
        descriptor = OwnedDescriptor(number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw .folderInUse(path: layout.folder, pid: Self.holder(number))
        }
        // For the message that the next one gets; the lock itself is the kernel's.
        let text = "\(getpid())\n"
        _ = ftruncate(number, 0)
        _ = pwrite(number, text, text.utf8.count, 0)
    }

    /// A process that another thread is just starting has the descriptor until it runs its program: to close
    /// ours alone would leave the folder taken for that long.
    deinit { _ = flock(descriptor.number, LOCK_UN) }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
