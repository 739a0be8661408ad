import Crypto
import Glibc
import Primitives
package import RPCProtocol
import Synchronization

/// A backup as it arrives. It has the name it was asked for only when it is whole and on disk; until then it
/// lies beside it as `NAME.partial`, which the next attempt throws away.
package final class BackupWriter: Sendable {
    package static let suffix = ".partial"
    package let folder: String
    private var partial: String { folder + Self.suffix }

    /// Throws: something lies there already.
    package init(folder: String) throws(BackupFault) {
        self.folder = folder
        guard !DurableFile.exists(folder) else {
            throw BackupFault(.refused, "\(folder) exists already", next: "name a folder that does not exist")
        }
        DurableFile.removeFolder(partial)
        guard mkdir(partial, 0o700) == 0 else { throw .system("\(partial) can't be made") }
    }

    /// - Parameter service: one at a time each.
    package func receiver(of service: String) throws(BackupFault) -> BackupReceiver {
        let path = "\(partial)/\(service)"
        guard mkdir(path, 0o700) == 0 else { throw .system("\(path) can't be made") }
        return BackupReceiver(folder: path)
    }

    package func path(of file: String, _ service: String) -> String { "\(partial)/\(service)/\(file)" }

    /// Durability: all of it, under its own name, when this returns.
    package func finish(_ manifest: BackupManifest) throws(BackupFault) {
        for service in manifest.services { try DurableFile.syncFolder("\(partial)/\(service.service)") }
        let text = manifest.wire.prettyText + "\n"
        try DurableFile.write(Array(text.utf8), to: "\(partial)/\(BackupManifest.fileName)")
        try DurableFile.syncFolder(partial)
        guard rename(partial, folder) == 0 else { throw .system("\(partial) can't be renamed to \(folder)") }
        let above = folder.split(separator: "/").count > 1 || folder.hasPrefix("/")
        try DurableFile.syncFolder(above ? "\(folder)/.." : ".")
    }

    package func giveUp() { DurableFile.removeFolder(partial) }
}

/// The files of one service as they arrive, in order.
package final class BackupReceiver: Sendable {
    fileprivate struct State {
        var name = ""
        var descriptor: Int32 = -1
        var offset: Int64 = 0
        var hash = SHA256()
        var files: [BackedUpFile] = []
        var fault: BackupFault?
    }

    private let folder: String
    private let state = Mutex(State())

    init(folder: String) { self.folder = folder }

    /// Returns how many bytes it holds now. What goes wrong is thrown by `finish`.
    @discardableResult
    package func take(_ item: BackUpService.Item) -> Int64 {
        state.withLock { state in
            guard state.fault == nil, !item.file.isEmpty else { return state.received }
            do throws(BackupFault) { try Self.take(item, &state, in: folder) } catch { state.fault = error }
            return state.received
        }
    }

    private static func take(
        _ item: BackUpService.Item, _ state: inout State, in folder: String
    ) throws(BackupFault) {
        if item.file != state.name {
            try endFile(&state, in: folder)
            guard !item.file.contains("/"), !item.file.hasPrefix(".") else {
                throw BackupFault(.failed, "the service sends a file named \(item.file)")
            }
            state.name = item.file
            let path = "\(folder)/\(item.file)"
            state.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard state.descriptor >= 0 else { throw .system("\(path) can't be written") }
        }
        guard item.offset == state.offset, let bytes = Base64Text.decode(item.content) else {
            throw BackupFault(.failed, "\(item.file) came out of order at \(item.offset)")
        }
        bytes.withUnsafeBytes { state.hash.update(bufferPointer: $0) }
        try DurableFile.write(bytes[...], to: state.descriptor, at: state.offset, "\(folder)/\(item.file)")
        state.offset += Int64(bytes.count)
    }

    private static func endFile(_ state: inout State, in folder: String) throws(BackupFault) {
        guard state.descriptor >= 0 else { return }
        guard fdatasync(state.descriptor) == 0 else {
            throw .system("\(folder)/\(state.name) can't be synced")
        }
        close(state.descriptor)
        state.files.append(
            .with {
                $0.name = state.name
                $0.bytes = state.offset
                $0.sha256 = HexText.of(state.hash.finalize())
            })
        (state.name, state.descriptor, state.offset, state.hash) = ("", -1, 0, SHA256())
    }

    /// Throws: what arrived is not what was sent.
    ///
    /// Durability: the files' bytes are on disk when it returns.
    package func finish(_ sent: BackUpService.Result) throws(BackupFault) -> ServiceBackup {
        let (files, fault) = state.withLock { state in
            if state.fault == nil {
                do throws(BackupFault) { try Self.endFile(&state, in: folder) } catch { state.fault = error }
            }
            return (state.files, state.fault)
        }
        if let fault { throw fault }
        // A file without a byte sends none.
        for file in sent.files where file.bytes > 0 && !files.contains(file) {
            throw BackupFault(.damaged, "\(file.name) of \(sent.service) did not arrive as it was sent")
        }
        return .with {
            $0.service = sent.service
            $0.version = sent.version
            $0.time = sent.time
            $0.files = files
        }
    }
}

extension BackupReceiver.State {
    fileprivate var received: Int64 { files.reduce(offset) { $0 + $1.bytes } }
}
