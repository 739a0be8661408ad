import FlowModel
import Primitives
import RPCProtocol
import WebPages

/// The form that starts an execution: what was written, and what is wrong with it, by field.
struct StartForm: Sendable {
    var flow = ""
    var name = ""
    var qualifier = ""
    var input = ""
    /// The name of an execution that has none given: made with the form, so that sending it twice starts one.
    var spare = ""
    var faults: [String: String] = [:]

    init(flow: String, spare: String) {
        self.flow = flow
        self.spare = spare
    }

    init(sent request: PageRequest, spare: String) {
        flow = request.field("flow")
        name = request.field("name")
        qualifier = request.field("qualifier")
        input = request.field("input")
        let kept = request.field("spare")
        self.spare = NameRule.isValid(kept, kind: .execution) ? kept : spare
        if let fault = NameRule.check(flow, kind: .flow) { faults["flow"] = sentence(fault) }
        if !name.isEmpty, let fault = NameRule.check(name, kind: .execution) {
            faults["name"] = sentence(fault)
        }
        do throws(JSONPlace.Fault) { _ = try JSONPlace.object(input) } catch {
            faults["input"] = error.sentence
        }
        if faults.isEmpty, !request.visitor.mayTouch(flow: flow) {
            faults["flow"] = "Your key may not touch the flow \(flow)."
        }
    }

    var executionName: String { name.isEmpty ? spare : name }

    /// Puts what the engine answered where it belongs.
    mutating func refused(_ error: RPCError) {
        let place =
            switch error.name.text {
            case "FlowNotExists": "flow"
            case "FlowVersionNotExists", "FlowAliasNotExists": "qualifier"
            case "ExecutionAlreadyExists": "name"
            case "EntityTooLarge": "input"
            default: "form"
            }
        faults[place] = sentence(error.message)
    }

    private func sentence(_ text: String) -> String {
        let whole = text.prefix(1).uppercased() + text.dropFirst()
        return whole.hasSuffix(".") ? whole : whole + "."
    }
}
