import Glibc

/// The log of all services in one file, put aside when it is full.
struct LogFile {
    private let path: String
    private let bytesMax: Int
    private let filesMax: Int
    private var descriptor: OwnedDescriptor?
    private var size = 0
    /// Told once, until writing works again.
    private(set) var problem: String?

    /// - Parameter filesMax: how many are kept, the one that is written included.
    init(path: String, bytesMax: Int, filesMax: Int) {
        self.path = path
        self.bytesMax = bytesMax
        self.filesMax = filesMax
    }

    /// Appends the lines, by one write as long as the file is not full. What can not be written is dropped.
    ///
    /// Returns: a new problem to tell.
    mutating func append(_ lines: [String]) -> String? {
        var told: String?
        var bytes: [UInt8] = []
        for line in lines {
            if size + bytes.count > 0, size + bytes.count + line.utf8.count >= bytesMax {
                told = write(bytes) ?? told
                bytes = []
                putAside()
            }
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return write(bytes) ?? told
    }

    private mutating func write(_ bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty else { return nil }
        guard let file = descriptor ?? reopen() else { return tell("opened") }
        let count = Glibc.write(file.number, bytes, bytes.count)
        guard count == bytes.count else {
            let reason = count < 0 ? errno : ENOSPC
            // A part of a line would spoil the next one too.
            if count > 0 { _ = ftruncate(file.number, off_t(size)) }
            errno = reason
            return tell("written")
        }
        size += count
        problem = nil
        return nil
    }

    private mutating func tell(_ verb: String) -> String? {
        let text = "the log file \(path) can not be \(verb), lines are lost: \(systemReason(errno))"
        defer { problem = text }
        return problem == text ? nil : text
    }

    private mutating func reopen() -> OwnedDescriptor? {
        let number = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        guard number >= 0 else { return nil }
        var status = stat()
        size = fstat(number, &status) == 0 ? Int(status.st_size) : 0
        descriptor = OwnedDescriptor(number)
        return descriptor
    }

    private mutating func putAside() {
        descriptor = nil
        size = 0
        if filesMax < 2 {
            unlink(path)
            return
        }
        for number in stride(from: filesMax - 1, to: 1, by: -1) {
            rename("\(path).\(number - 1)", "\(path).\(number)")
        }
        rename(path, "\(path).1")
    }
}
