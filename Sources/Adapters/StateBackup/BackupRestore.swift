import Crypto
import Glibc
import RPCProtocol

/// Puts the files of a backup in their places.
package struct BackupRestore {
    package let folder: String
    package let manifest: BackupManifest
    package let places: StatePlaces
    /// Only this one.
    package let service: String?

    package init(
        folder: String, places: StatePlaces, service: String?
    ) throws(BackupFault) {
        self.folder = folder
        self.places = places
        self.service = service
        manifest = try BackupManifest.read(from: folder)
        if let service, !manifest.services.contains(where: { $0.service == service }) {
            throw BackupFault(.refused, "the backup has no \(service)")
        }
    }

    package var services: [ServiceBackup] {
        manifest.services.filter { service == nil || $0.service == service }
    }

    /// Throws: a file of the backup is not as the manifest says.
    package func check() throws(BackupFault) {
        for service in services {
            for file in service.files {
                let path = "\(folder)/\(service.service)/\(file.name)"
                let (bytes, sha256) = try Self.digest(of: path)
                guard bytes == file.bytes, sha256 == file.sha256 else {
                    throw BackupFault(
                        .damaged,
                        "\(path) is not the file that was backed up: \(bytes) bytes with SHA-256 "
                            + "\(sha256), the manifest says \(file.bytes) and \(file.sha256)",
                        next: "take another copy of the backup")
                }
            }
        }
    }

    private static func digest(of path: String) throws(BackupFault) -> (Int64, String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("\(path) can't be read") }
        defer { close(descriptor) }
        var (hash, bytes) = (SHA256(), Int64(0))
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("\(path) can't be read") }
            if count == 0 { return (bytes, HexText.of(hash.finalize())) }
            buffer.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
            bytes += Int64(count)
        }
    }

    /// Throws: there is state already, which is never overwritten.
    package func checkEmpty() throws(BackupFault) {
        for service in services {
            let target = places.folder(of: service.service)
            let taken = service.files.map(\.name).first { name in
                ["", "-wal", "-shm", "-journal"].contains { DurableFile.exists("\(target)/\(name)\($0)") }
            }
            if let taken {
                throw BackupFault(
                    .refused, "\(target)/\(taken) exists already, and nothing is overwritten",
                    next: "keep it elsewhere: mv \(target) \(target).before-restore && mkdir -m 700 \(target)"
                )
            }
        }
    }

    /// Durability: all files, under their names, when this returns. Half way through it can be done again
    /// after what is there was moved away.
    package func put() throws(BackupFault) {
        for service in services {
            let target = places.folder(of: service.service)
            try makeFolder(target)
            var facts = stat()
            guard stat(target, &facts) == 0 else { throw .system("\(target) can't be read") }
            // What another state has noted beside its journal is not true of this one.
            unlink("\(places.database(of: service.service))-sequence")
            for file in service.files {
                try copy("\(folder)/\(service.service)/\(file.name)", to: "\(target)/\(file.name)", facts)
            }
            try DurableFile.syncFolder(target)
        }
        try DurableFile.syncFolder(places.stateFolder)
    }

    private func makeFolder(_ path: String) throws(BackupFault) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/\(part)"
            if mkdir(made, 0o700) != 0, errno != EEXIST { throw .system("\(made) can't be made") }
        }
    }

    /// The file belongs to whom its folder belongs.
    private func copy(_ source: String, to target: String, _ folder: stat) throws(BackupFault) {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw .system("\(source) can't be read") }
        defer { close(from) }
        let temporary = target + BackupWriter.suffix
        let to = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard to >= 0 else { throw .system("\(temporary) can't be written") }
        defer { close(to) }
        var (buffer, offset) = ([UInt8](repeating: 0, count: 1 << 20), Int64(0))
        while true {
            let count = Glibc.read(from, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("\(source) can't be read") }
            if count == 0 { break }
            try DurableFile.write(buffer[..<count], to: to, at: offset, temporary)
            offset += Int64(count)
        }
        if geteuid() == 0, fchown(to, folder.st_uid, folder.st_gid) != 0 {
            throw .system("\(temporary) can't be given to its service")
        }
        guard fchmod(to, 0o600) == 0, fdatasync(to) == 0 else {
            throw .system("\(temporary) can't be synced")
        }
        guard rename(temporary, target) == 0 else { throw .system("\(temporary) can't be renamed") }
    }
}
