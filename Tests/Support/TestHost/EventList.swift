import Glibc
package import ServiceSupervisor
import Synchronization

/// What a supervisor told, in order.
package final class EventList: Sendable {
    private let list = Mutex<[SupervisorEvent]>([])

    package init() {}

    package func append(_ event: SupervisorEvent) { list.withLock { $0.append(event) } }

    package var all: [SupervisorEvent] { list.withLock { $0 } }

    package var logLines: [LogLine] {
        all.compactMap { if case .log(let line) = $0.kind { line } else { nil } }
    }

    package func logLines(of service: String) -> [LogLine] {
        all.compactMap { event in
            if event.service == service, case .log(let line) = event.kind { line } else { nil }
        }
    }

    /// The last events as text, for a test that failed.
    package func tail(_ count: Int = 60) -> String {
        all.suffix(count).map { event in
            switch event.kind {
            case .log(let line): "\(event.service): \(line.text)"
            default: "\(event.service): \(event.kind)"
            }
        }.joined(separator: "\n")
    }
}
