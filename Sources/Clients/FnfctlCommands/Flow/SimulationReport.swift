import FlowEngineAPI
import FlowModel
import FlowSimulation
import Primitives
import RPCProtocol

/// How a simulation is shown: its end, then its history as `execution history` shows one.
enum SimulationReport {
    static func report(_ outcome: SimulationOutcome) -> Report {
        let records = outcome.events.map(record)
        let history = HistoryReport.report(records)
        var fields = [
            Report.Field("Status", Cell(state: outcome.status.rawValue)),
            Report.Field("Took", TimeText.length(outcome.duration.components.seconds) + " of virtual time"),
        ]
        if outcome.ending != .ended { fields.insert(.init("Ending", "\(outcome.ending)"), at: 1) }
        if let failure = outcome.failure {
            fields.append(.init("Error", failure.error))
            if !failure.cause.isEmpty { fields.append(.init("Cause", failure.cause)) }
        }
        if let output = outcome.output { fields.append(.init("Output", output.text)) }
        return Report(
            json: json(outcome, records), names: outcome.path,
            blocks: [.fields(fields), .heading("History")] + history.blocks)
    }

    private static func json(_ outcome: SimulationOutcome, _ records: [EventRecord]) -> JSONValue {
        var object: JSONObject = [
            "Status": .string(outcome.status.rawValue), "Events": .array(records.map(\.wire)),
            "Path": .array(outcome.path.map(JSONValue.string)),
            "DurationMilliseconds": .integer(outcome.duration.milliseconds),
        ]
        object["Output"] = outcome.output
        object["Error"] = outcome.failure.map { .string($0.error) }
        object["Cause"] = outcome.failure.map { .string($0.cause) }
        if outcome.ending != .ended { object["Ending"] = .string("\(outcome.ending)") }
        return .object(object)
    }

    private static func record(_ event: HistoryEvent) -> EventRecord {
        .with {
            $0.eventId = event.eventID
            $0.scheduleEventId = event.scheduleEventID
            $0.type = event.type.rawValue
            $0.stepName = event.stepName
            $0.time = event.time.description
            $0.eventDetail = JSONValue.object(event.detail).text
        }
    }
}
