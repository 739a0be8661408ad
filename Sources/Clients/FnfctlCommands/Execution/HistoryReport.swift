import FlowEngineAPI
import Primitives
import RPCProtocol

/// How a history is shown: EventId, Type, Step, After, Time, Detail.
struct HistoryReport {
    let columns: [Table.Column]
    /// The one day that all events lie on; nil when there are several.
    private let day: Substring?

    /// - Parameter isOpen: further events will come, so the day cannot stand in the title.
    init(_ events: [EventRecord], isOpen: Bool = false) {
        let days = Set(events.map { $0.time.prefix(10) })
        day = days.count == 1 && !isOpen ? days.first : nil
        columns = [
            .init("EventId", isNumber: true), "Type", "Step", .init("After", isNumber: true),
            .init(day.map { "Time \($0)" } ?? "Time"), .init("Detail", isElastic: true),
        ]
    }

    static func report(_ events: [EventRecord]) -> Report {
        let history = HistoryReport(events)
        return Report(
            json: ["Events": .array(events.map(\.wire))], names: events.map { String($0.eventId) },
            blocks: [.table(Table(columns: history.columns, rows: events.map(history.row)))])
    }

    func row(_ event: EventRecord) -> [Cell] {
        [
            Cell(String(event.eventId)), Cell(event.type, Self.tone(event.type)), Cell(event.stepName),
            Cell(event.scheduleEventId == 0 ? "" : String(event.scheduleEventId)),
            Cell(day == nil ? event.time : String(event.time.dropFirst(11))), Cell(event.eventDetail, .faint),
        ]
    }

    private static func tone(_ type: String) -> Cell.Tone {
        if type.hasSuffix("Failed") || type.hasSuffix("TimedOut") { return .bad }
        if type == "ExecutionStopped" { return .warning }
        return type == "ExecutionSucceeded" ? .good : .plain
    }
}
