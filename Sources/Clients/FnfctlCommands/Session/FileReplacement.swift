import Glibc

/// Puts a text in the place of a file's: a reader sees the old one or the new one, never a part.
enum FileReplacement {
    static func put(_ text: String, at path: String) throws(CommandFailure) {
        // Through a link the file it names is replaced, not the link.
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let path = target ?? path
        var status = stat()
        let mode = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o644
        // mkstemp puts a name of its own in place of the six letters.
        var template = Array("\(path).fmt-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw failure(path) }
        let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var bytes = Array(text.utf8)[...]
        var isWritten = fchmod(descriptor, mode) == 0
        while isWritten, !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            isWritten = count > 0
            bytes = bytes.dropFirst(max(0, count))
        }
        isWritten = isWritten && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = failure(path)
            unlink(temporary)
            throw reason
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            .failed, "\(path) cannot be written: \(TextArgument.reason(errno))",
            next: "check the rights: ls -ld \(path)")
    }
}
