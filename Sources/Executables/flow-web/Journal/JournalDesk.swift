import Dispatch
import ExecutionPages
import Glibc
import Primitives
import ServiceKit
import Synchronization
import SystemdKit

/// The log lines of all services, for the console: from the log of `fnfctl up` where it runs this process,
/// else from the system's journal. Read on a thread of its own, one question at a time.
final class JournalDesk: JournalLines {
    /// Questions that wait for their turn: each is a page that somebody looks at.
    private static let waitingMax = 32

    private let queue = DispatchQueue(label: "journal")
    private let waiting = Mutex(0)
    /// Nil: the journal has them.
    private let logFile: String?

    init() { logFile = SupervisorLog.path(ProcessEnvironment.lookup) }

    func lines(of question: JournalQuestion) async -> JournalReading {
        let mayAsk = waiting.withLock { count in
            guard count < Self.waitingMax else { return false }
            count += 1
            return true
        }
        guard mayAsk else {
            return .unreadable(
                "Too many pages read the journal just now.", advice: "Load the page again in a moment.")
        }
        return await withCheckedContinuation { continuation in
            queue.async { [self] in
                let reading =
                    logFile.map { SupervisorLog.lines(of: question, in: $0) } ?? Self.journal(question)
                waiting.withLock { $0 -= 1 }
                continuation.resume(returning: reading)
            }
        }
    }

    private static func journal(_ question: JournalQuestion) -> JournalReading {
        do throws(JournalReader.Fault) {
            let entries = try JournalReader.entries(
                matching: [("execution", question.execution), ("flow", question.flow)],
                from: UInt64(max(0, question.from.microseconds)),
                to: UInt64(max(0, question.to.microseconds)), countMax: JournalQuestion.linesMax)
            return .lines(
                entries.map { entry in
                    JournalLine(
                        time: Timestamp(microseconds: Int64(entry.time)), service: entry.identifier,
                        priority: entry.priority, message: entry.message, fields: entry.fields)
                })
        } catch {
            return .unreadable(
                "Here \(error).",
                advice: "The unit fnf-flow-web.service must be in the group systemd-journal: "
                    + "SupplementaryGroups=systemd-journal.")
        }
    }
}
