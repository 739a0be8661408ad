import FlowEngineAPI
import Primitives
import RPCProtocol

/// A history as a tree: a line for each step that was entered, branch and iteration, under what contains it.
struct HistoryTree {
    /// A step's run, a branch, an iteration, or the execution itself.
    struct Node {
        let name: String
        /// The event with which it begins.
        let eventID: Int64
        let began: String
        var ended: String?
        var state = "running"
        var attempts = 0
        var error: String?
        /// The execution that the step has started.
        var child: String?
        var goto: String?
        var inner: [Int] = []
    }

    private(set) var nodes: [Node] = []
    /// The thread of control of each event, by the event that entered it; 0 for the flow's own.
    private var threads: [Int64: Int64] = [:]
    private var parents: [Int64: Int64] = [:]
    /// What is open in each thread, innermost last.
    private var open: [Int64: [Int]] = [:]

    init(_ events: [EventRecord], title: String) {
        guard let first = events.first else { return }
        nodes = [Node(name: title, eventID: first.eventId, began: first.time)]
        open[0] = [0]
        for event in events { note(event) }
    }

    private mutating func note(_ event: EventRecord) {
        let thread = threads[event.scheduleEventId] ?? 0
        threads[event.eventId] = thread
        switch event.type {
        case "BranchEntered", "IterationEntered":
            let number = event.detail["index"]?.integerValue ?? 0
            threads[event.eventId] = event.eventId
            parents[event.eventId] = thread
            let name = event.type == "BranchEntered" ? "branch \(number)" : "[\(number)]"
            open[event.eventId] = [add(name, event, below: open[thread]?.last)]
        case "BranchExited", "IterationExited":
            threads[event.eventId] = parents[thread] ?? 0
            if let node = open.removeValue(forKey: thread)?.first { end(node, event) }
        case "StepEntered":
            open[thread, default: []].append(add(event.stepName, event, below: open[thread]?.last))
        case "StepExited", "StepFailed":
            guard let place = open[thread]?.lastIndex(where: { nodes[$0].name == event.stepName }) else {
                return
            }
            let node = open[thread]?[place] ?? 0
            open[thread]?.removeSubrange(place...)
            end(node, event)
        case "ExecutionSucceeded", "ExecutionFailed", "ExecutionStopped", "ExecutionTimedOut":
            end(0, event)
            nodes[0].state = event.type.dropFirst(9).lowercased()
        default:
            if let node = open[thread]?.last, event.type.hasPrefix("Task") { noteTask(event, node) }
        }
    }

    private mutating func add(_ name: String, _ event: EventRecord, below parent: Int?) -> Int {
        nodes.append(Node(name: name, eventID: event.eventId, began: event.time))
        nodes[parent ?? 0].inner.append(nodes.count - 1)
        return nodes.count - 1
    }

    private mutating func end(_ node: Int, _ event: EventRecord) {
        let detail = event.detail
        nodes[node].ended = event.time
        nodes[node].goto = detail["goto"]?.stringValue
        if let error = detail["error"]?.stringValue { nodes[node].error = error }
        let isCaught = event.type == "StepExited" && nodes[node].error != nil
        nodes[node].state = isCaught ? "caught" : detail["error"] == nil ? "succeeded" : "failed"
    }

    private mutating func noteTask(_ event: EventRecord, _ node: Int) {
        switch event.type {
        case "TaskScheduled": nodes[node].attempts += 1
        case "TaskSubmitted", "TaskSucceeded":
            nodes[node].error = nil
            let output = event.detail["output"]
            if let flow = output?["FlowName"]?.stringValue, let name = output?["Name"]?.stringValue {
                nodes[node].child = "\(flow)/\(name)"
            }
        case "TaskFailed", "TaskTimedOut", "TaskSubmitFailed":
            nodes[node].error = event.detail["error"]?.stringValue
        default: break
        }
    }
}

extension HistoryTree {
    static func report(_ events: [EventRecord], title: String) -> Report {
        let tree = HistoryTree(events, title: title)
        let columns: [Table.Column] = [
            .init("EventId", isNumber: true), "Step", "State", "Took", .init("Note", isElastic: true),
        ]
        return Report(
            json: ["Events": .array(events.map(\.wire))], names: events.map { String($0.eventId) },
            blocks: [.table(Table(columns: columns, rows: tree.nodes.isEmpty ? [] : tree.rows()))])
    }

    /// An entry of the list of nodes that are still to be shown, with the lines in front of it.
    private typealias Pending = (node: Int, lead: String, behind: String)

    private func rows() -> [[Cell]] {
        var rows: [[Cell]] = []
        var pending: [Pending] = [(0, "", "")]
        while let (node, lead, behind) = pending.popLast() {
            rows.append(row(nodes[node], lead))
            let inner = nodes[node].inner
            for (place, child) in inner.enumerated().reversed() {
                let isLast = place == inner.count - 1
                pending.append((child, behind + (isLast ? "└─ " : "├─ "), behind + (isLast ? "   " : "│  ")))
            }
        }
        return rows
    }

    private func row(_ node: Node, _ lead: String) -> [Cell] {
        let tone: Cell.Tone =
            switch node.state {
            case "failed", "timedout": .bad
            case "stopped", "caught": .warning
            default: .plain
            }
        return [
            Cell("\(node.eventID)"), Cell(lead + node.name), Cell(node.state, tone), Cell(took(node)),
            Cell(note(node), .faint),
        ]
    }

    private func took(_ node: Node) -> String {
        guard let ended = node.ended.flatMap(Timestamp.init(rfc3339:)),
            let began = Timestamp(rfc3339: node.began)
        else { return "" }
        let length = (ended.microseconds - began.microseconds) / 1000
        return length < 10_000 ? "\(length) ms" : TimeText.length(length / 1000)
    }

    private func note(_ node: Node) -> String {
        var parts: [String] = []
        if let child = node.child { parts.append("execution \(child)") }
        if node.attempts > 1 { parts.append("\(node.attempts) attempts") }
        if let error = node.error { parts.append(error) }
        if let goto = node.goto { parts.append("→ \(goto)") }
        return parts.joined(separator: ", ")
    }
}

extension EventRecord {
    /// Empty when the text is no object, as of an engine that writes otherwise.
    fileprivate var detail: JSONObject { (try? JSONParser.parse(eventDetail))?.objectValue ?? JSONObject() }
}
