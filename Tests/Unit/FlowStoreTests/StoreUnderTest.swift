import FlowModel
import FlowStore
import FlowStoreSQLite
import Foundation
import LoopSupport
import Primitives

/// Each store that promises the same.
enum StoreUnderTest: CaseIterable, Sendable {
    case memory, sqlite

    /// A new, empty store; the folder lives as long as the result.
    func make() throws -> (store: any DurableStore, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        switch self {
        case .memory: return (MemoryStore(), folder)
        case .sqlite: return (try SQLiteStore(path: folder.databasePath), folder)
        }
    }
}

extension TemporaryFolder {
    var databasePath: String { "\(path)/flow-engine.sqlite" }
}

/// Rows of executions as the engine would write them.
struct Writer {
    private(set) var rows: [JournalRow] = []
    private var lastRow: [Int64: Int64] = [:]
    private var lastEvent: [Int64: Int64] = [:]
    private var sequence: Int64 = 0

    static let time = Timestamp(microseconds: 1_763_892_600_000_000)

    /// Returns the new execution's number.
    mutating func start(_ name: String, flow: Int64 = 1, labels: JSONObject = [:]) -> Int64 {
        let execution = sequence + 1
        let start = ExecutionStart(
            flow: flow, flowName: "Flow\(flow)", name: name, definition: "d\(flow)", labels: labels)
        write(execution, .starts, .executionStarted, start: start, detail: ["input": [:]])
        return execution
    }

    mutating func go(on execution: Int64, deadline: Timestamp? = nil, undelivered: Bool = false) {
        write(execution, .inner, .stepEntered, deadline: deadline, undelivered: undelivered)
    }

    /// An event of a step, caused by the one before.
    mutating func step(
        _ execution: Int64, _ type: HistoryEventType, _ name: String, detail: JSONObject = [:]
    ) {
        write(execution, .inner, type, step: name, detail: detail)
    }

    mutating func end(_ execution: Int64, _ type: HistoryEventType, detail: JSONObject = [:]) {
        write(execution, .ends, type, detail: detail)
    }

    private mutating func write(
        _ execution: Int64, _ kind: JournalRowKind, _ type: HistoryEventType, step: String = "",
        start: ExecutionStart? = nil, deadline: Timestamp? = nil, undelivered: Bool = false,
        detail: JSONObject = [:]
    ) {
        sequence += 1
        let event = lastEvent[execution, default: 0] + 1
        let body = TransitionBody(
            start: start,
            events: [
                HistoryEvent(
                    eventID: event, scheduleEventID: event - 1, type: type, stepName: step,
                    time: Self.time.advanced(by: .seconds(sequence)), detail: detail)
            ], deadline: deadline, hasUndelivered: undelivered)
        rows.append(
            JournalRow(
                sequence: sequence, execution: execution, previous: lastRow[execution] ?? 0, kind: kind,
                body: body.encoded))
        lastRow[execution] = sequence
        lastEvent[execution] = event
    }

    func last(of execution: Int64) -> Int64 { lastRow[execution] ?? 0 }
}
