import FlowEngineAPI
import FlowModel
import FlowSchedule
import Primitives
import RPCProtocol
import WebPages

/// The form of a schedule: what was written, what is wrong with it, by field, and when it would fire.
struct ScheduleForm: Sendable {
    var flow = ""
    var name = ""
    var expression = ""
    var payload = ""
    var description = ""
    var isEnabled = true
    /// Of a schedule that is there: its names can't be changed.
    var isChange = false
    var faults: [String: String] = [:]

    /// Times that the preview names.
    private static let previewCount = 5

    init(flow: String) { self.flow = flow }

    init(_ record: ScheduleRecord) {
        flow = record.flowName
        name = record.scheduleName
        expression = record.cronExpression
        payload = record.payload
        description = record.description
        isEnabled = record.enable
        isChange = true
    }

    init(sent request: PageRequest) {
        flow = request.field("flow")
        name = request.field("name")
        expression = request.field("expression")
        payload = request.field("payload")
        description = request.field("description")
        isEnabled = request.field("enabled") == "yes"
        isChange = request.field("change") == "yes"
        if let fault = NameRule.check(flow, kind: .flow) { faults["flow"] = Self.sentence(fault) }
        if let fault = NameRule.check(name, kind: .schedule) { faults["name"] = Self.sentence(fault) }
    }

    /// When it would fire next; the fault is put at its field.
    mutating func preview(
        zones: (String) -> ZoneLookup, after now: Timestamp
    ) -> (expression: ScheduleExpression, times: [Timestamp])? {
        if expression.isEmpty { return nil }
        do throws(ScheduleFault) {
            let parsed = try ScheduleExpression(expression, zones: zones)
            var times: [Timestamp] = []
            while times.count < Self.previewCount, let next = parsed.next(after: times.last ?? now) {
                times.append(next)
            }
            return (parsed, times)
        } catch {
            faults["expression"] =
                Self.sentence("\(error.field) \"\(error.text)\": \(error.reason)") + " "
                + Self.sentence(error.fix)
            return nil
        }
    }

    /// Puts what the engine answered where it belongs.
    mutating func refused(_ error: RPCError) {
        let place =
            switch error.name.text {
            case "FlowNotExists": "flow"
            case "ScheduleAlreadyExists", "ScheduleNotExists": "name"
            case "EntityTooLarge": "payload"
            default: "form"
            }
        faults[place] = Self.sentence(error.message)
    }

    private static func sentence(_ text: String) -> String {
        let whole = text.prefix(1).uppercased() + text.dropFirst()
        return whole.hasSuffix(".") ? whole : whole + "."
    }
}
