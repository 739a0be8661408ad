import Glibc

/// A secret that a service is handed by `LoadCredential=` under systemd; made once, never replaced.
enum CredentialFile {
    /// Of every secret that fnf makes: a key of 256 bits.
    private static let bytes = 32

    static func make(_ path: String) throws(SupervisorFault) {
        var status = stat()
        if stat(path, &status) == 0 { return }
        // It appears whole or not at all: what is sealed under half a key would be lost.
        let partial = "\(path).partial"
        unlink(partial)
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .credentialUnusable(path: path, reason: systemReason(errno)) }
        defer { close(file) }
        var generator = SystemRandomNumberGenerator()
        var secret: [UInt8] = (0..<bytes).map { _ in generator.next() }
        guard write(file, &secret, bytes) == bytes, fsync(file) == 0, rename(partial, path) == 0 else {
            throw .credentialUnusable(path: path, reason: systemReason(errno))
        }
    }
}
