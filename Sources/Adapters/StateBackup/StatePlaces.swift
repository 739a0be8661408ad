import Glibc

/// Where the services keep their state, and what shows that they run.
package struct StatePlaces: Sendable, Hashable {
    /// One folder for each service.
    package let stateFolder: String
    /// Of the sockets.
    package let runtimeFolder: String
    /// Of a supervisor that is not systemd.
    package let lockFile: String?

    package init(stateFolder: String, runtimeFolder: String, lockFile: String?) {
        self.stateFolder = stateFolder
        self.runtimeFolder = runtimeFolder
        self.lockFile = lockFile
    }

    package static let system = StatePlaces(
        stateFolder: "/var/lib/fnf", runtimeFolder: "/run/fnf", lockFile: nil)

    package func folder(of service: String) -> String { "\(stateFolder)/\(service)" }

    package func database(of service: String) -> String { "\(folder(of: service))/\(service).sqlite" }

    /// Throws: a service runs, or would be started by its socket.
    package func checkStopped(stopBy next: String) throws(BackupFault) {
        if let lockFile {
            let descriptor = open(lockFile, O_RDWR | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                throw BackupFault(
                    .refused, "`fnfctl up` runs in this folder: it holds \(lockFile)", next: next)
            }
        }
        if let socket = listening().first {
            throw BackupFault(
                .refused, "somebody listens at \(socket): the services are not stopped", next: next)
        }
    }

    /// Asked of the kernel: to connect would start a service.
    private func listening() -> [String] {
        guard let bytes = try? DurableFile.read("/proc/net/unix", bytesMax: 64 << 20) else { return [] }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count >= 8, words[3] == "00010000", words[7].hasPrefix("\(runtimeFolder)/") else {
                return nil
            }
            return String(words[7])
        }
    }
}
