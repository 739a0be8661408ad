import ArgumentParser
import StateBackup

/// `fnfctl admin …`
struct AdminCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "The state on disk: backup, restore, verify, compact, retention.",
        discussion: """
            Example:
              fnfctl admin backup /srv/backup/today
              fnfctl admin verify
            """,
        subcommands: [
            AdminBackup.self, AdminRestore.self, AdminVerify.self, AdminCompact.self, AdminRetention.self,
        ])
}

extension CommandFailure {
    init(_ fault: BackupFault) {
        switch fault.kind {
        case .failed: self.init(.failed, fault.sentence, next: fault.next)
        case .refused: self.init(.conflict, fault.sentence, next: fault.next)
        case .damaged: self.init(.failed, fault.sentence, next: fault.next)
        }
    }
}

/// Turns a fault of the backup's room into the verb's own.
func backingUp<Value>(_ body: () throws(BackupFault) -> Value) throws(CommandFailure) -> Value {
    do throws(BackupFault) { return try body() } catch { throw CommandFailure(error) }
}

/// Numbers of bytes for people.
enum SizeText {
    static func of(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1024: "\(bytes) B"
        case ..<(1 << 20): "\(bytes >> 10) KiB"
        case ..<(1 << 30): "\(bytes >> 20).\(bytes % (1 << 20) * 10 >> 20) MiB"
        default: "\(bytes >> 30).\(bytes % (1 << 30) * 10 >> 30) GiB"
        }
    }
}

/// One line on a terminal that is written over; nothing where there is no terminal.
struct ProgressLine: Sendable {
    let session: Session
    private var isShown: Bool { session.errorTerminal.columns != nil }

    func show(_ text: String) {
        if isShown { session.tell("\r\u{1B}[K\(text.printable())") }
    }

    func clear() {
        if isShown { session.tell("\r\u{1B}[K") }
    }
}
