import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Executions as the API shows them.
extension FlowEngineService {
    func record(_ entry: ExecutionEntry, full: Bool) throws(RPCError) -> ExecutionRecord {
        var record = ExecutionRecord(entry)
        guard full else { return record }
        (record.input, record.output) = try texts(entry)
        record.flowDefinition = try answering { () throws(StoreError) in
            try definitions.definition(entry.definition).text
        }
        return record
    }

    /// Input as it was given, and output: from the first and the last row, without replaying what lies
    /// between.
    func texts(_ entry: ExecutionEntry) throws(RPCError) -> (input: String, output: String) {
        if let worker = registry.worker(entry.execution) {
            let output = entry.status == .succeeded ? worker.machine.outputText : nil
            return (worker.machine.inputText, output ?? "")
        }
        return try answering { () throws(StoreError) in
            var machine = try machine(of: entry)
            let first = try events(ofRow: entry.execution)
            do throws(ReplayFault) { try machine.apply(first) } catch {
                throw StoreError.unreadable(
                    place: "row \(entry.execution) of the journal", reason: error.description)
            }
            guard entry.status == .succeeded else { return (machine.inputText, "") }
            let end = try events(ofRow: entry.lastSequence).last
            return (machine.inputText, end?["output"]?.text ?? "")
        }
    }

    private func events(ofRow sequence: Int64) throws(StoreError) -> [HistoryEvent] {
        guard let row = try store.row(sequence) else {
            throw .unreadable(place: "row \(sequence) of the journal", reason: "it is missing")
        }
        return try TransitionBody(row: row).events
    }
}

extension ExecutionRecord {
    /// Without FlowDefinition, Input and Output.
    init(_ entry: ExecutionEntry) {
        self.init()
        flowName = entry.flowName
        name = entry.name
        status = entry.status.rawValue
        startedTime = entry.started.description
        stoppedTime = entry.stopped?.description ?? ""
        error = entry.error
        cause = entry.cause
        labels = entry.labels
        let origin = entry.origin
        roleArn = origin.roleArn.isEmpty ? nil : origin.roleArn
        environment = FlowEnvironment(stored: origin.environment)
        qualifier = origin.qualifier
        flowVersion = origin.version.map { "\($0)" }
    }
}

extension ExecutionRecord {
    /// About what it takes in a reply.
    var bytes: Int {
        let texts = [flowDefinition, input, output, cause ?? ""]
        return texts.reduce(512) { $0 + $1.utf8.count } + (environment?.wire.text.utf8.count ?? 0)
    }
}

extension EventRecord {
    /// - Parameter isBrief: without what the events before say.
    init(_ event: HistoryEvent, hiding secrets: [String] = [], isBrief: Bool = false) {
        self.init()
        eventId = event.eventID
        scheduleEventId = event.scheduleEventID
        type = event.type.rawValue
        stepName = event.stepName
        time = event.time.description
        var detail = isBrief ? event.stored : event.detail
        // By which a report is known when it comes again: the engine's own, and nobody else's.
        detail["reportKey"] = nil
        eventDetail = JSONValue.object(detail).text
        for secret in secrets where eventDetail.contains(secret) {
            eventDetail = eventDetail.replacing(secret, with: "…")
        }
    }
}
