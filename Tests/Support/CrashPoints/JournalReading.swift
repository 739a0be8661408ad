import FlowModel
import FlowStore
import FlowStoreSQLite
import Primitives

/// What a store holds, read without an engine.
struct JournalReading {
    struct Execution {
        let flow: String
        let name: String
        var events: [HistoryEvent] = []
    }

    private(set) var executions: [Int64: Execution] = [:]
    /// What speaks against the store itself.
    private(set) var faults: [String] = []

    init(path: String) throws {
        let store = try SQLiteStore(path: path)
        let rows = try store.rows(after: 0, through: .max, marked: false, limit: .max)
        var last: Int64 = 0
        for row in rows {
            if row.sequence <= last { faults.append("row \(row.sequence) comes after row \(last)") }
            last = row.sequence
            let body = try TransitionBody(row: row)
            if let start = body.start {
                executions[row.execution] = Execution(flow: start.flowName, name: start.name)
            }
            executions[row.execution]?.events += body.events
        }
        for execution in executions.values {
            let ids = execution.events.map(\.eventID)
            if ids != Array(1...Int64(max(1, ids.count))) {
                faults.append("\(execution.flow)/\(execution.name) has the events \(ids)")
            }
        }
        if let fault = try Self.indexFault(store, rows) { faults.append(fault) }
        try store.close()
    }

    func events(_ flow: String, _ name: String) -> [HistoryEvent]? {
        executions.values.first { $0.flow == flow && $0.name == name }?.events
    }

    /// The index that was left, with the journal's tail, beside one that is made from the journal alone.
    private static func indexFault(_ store: SQLiteStore, _ rows: [JournalRow]) throws(StoreError) -> String? {
        let memory = MemoryStore()
        memory.append(rows)
        var (made, found) = (ExecutionIndex(table: memory), ExecutionIndex(table: store))
        _ = try made.takeInTail(of: memory)
        _ = try found.takeInTail(of: store)
        for row in rows where row.previous == 0 {
            let (one, other) = (
                try found.entry(execution: row.execution), try made.entry(execution: row.execution)
            )
            guard one == other else {
                return
                    "the index has \(String(describing: one)), the journal makes it \(String(describing: other))"
            }
        }
        guard found.tally.total == made.tally.total else {
            return "the index counts \(found.tally.total), the journal makes it \(made.tally.total)"
        }
        for row in rows where row.previous == 0 {
            let steps = (found.board.steps(of: row.execution), made.board.steps(of: row.execution))
            guard steps.0 == steps.1 else {
                return "the index has execution \(row.execution) at \(steps.0), the journal at \(steps.1)"
            }
        }
        return nil
    }
}

/// An execution's course without what may differ between two runs: times, and names that chance made.
struct Course: Hashable, Comparable {
    let lines: [String]

    init(_ execution: JournalReading.Execution, isConcurrent: Bool) {
        let lines = execution.events.map { event in
            let place = isConcurrent ? "" : "\(event.eventID)<\(event.scheduleEventID) "
            // A report may come before the answer of the service that was called: then it stands for both.
            let detail = event.type == .taskSubmitted ? "" : Self.plain(event.stored)
            return "\(place)\(event.type.rawValue) \(event.stepName) \(detail)"
        }
        self.lines =
            ["\(execution.flow)/\(Self.plain(execution.name))"] + (isConcurrent ? lines.sorted() : lines)
    }

    static func < (left: Course, right: Course) -> Bool { left.lines.lexicographicallyPrecedes(right.lines) }

    private static func plain(_ object: JSONObject) -> String {
        plain(JSONValue.object(object)).text
    }

    private static func plain(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object): .object(JSONObject(object.map { ($0.key, plain($0.value)) }))
        case .array(let elements): .array(elements.map { plain($0) })
        case .string(let text): .string(plain(text))
        // A moment in microseconds.
        case .integer(let number) where number > 1_000_000_000_000_000: "*"
        default: value
        }
    }

    private static func plain(_ text: String) -> String {
        if text.utf8.count < 300, text.contains("/") {
            return text.split(separator: "/").map { plain(String($0)) }.joined(separator: "/")
        }
        let bytes = Array(text.utf8)
        let isMoment =
            bytes.count >= 20 && text.hasPrefix("20") && text.hasSuffix("Z") && bytes[10] == UInt8(ascii: "T")
        // A message's id, and a token, which names the journal's row of its execution.
        let isHex = bytes.count == 32 && bytes.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 70) }
        let isToken = text.hasPrefix("djEj")
        let isID = bytes.count == 36 && bytes[8] == UInt8(ascii: "-") && bytes[23] == UInt8(ascii: "-")
        return isMoment || isID || isHex || isToken ? "*" : text
    }
}
