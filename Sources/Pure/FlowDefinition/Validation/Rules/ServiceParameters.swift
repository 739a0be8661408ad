import FlowModel
import Primitives

/// What queues, topics and child flows take in `serviceParams`. Source: fdl §5.2 to §5.5.
enum KnownParameters {
    case queue, topic, childFlow, startExecution

    /// Nil for a resource whose parameters are its service's own.
    init?(_ arn: String) {
        guard let name = try? ResourceName(arn) else { return nil }
        switch name.service {
        case "mns" where name.resource.hasPrefix("/queues/"): self = .queue
        case "mns" where name.resource.hasPrefix("/topics/"): self = .topic
        case "fnf" where name.resource.hasPrefix("flow/") || name.resource.hasPrefix("flows/"):
            self = .childFlow
        case "fnf" where name.resource == "actions/StartExecution": self = .startExecution
        default: return nil
        }
    }

    var owner: String {
        switch self {
        case .queue: "a message of a queue"
        case .topic: "a message of a topic"
        case .childFlow: "a child flow"
        case .startExecution: "fnf:StartExecution"
        }
    }

    /// A topic has no priority and no delay; they are often written there, and mean nothing.
    var names: [String] {
        switch self {
        case .queue: ["MessageBody", "DelaySeconds", "Priority"]
        case .topic: ["MessageBody", "MessageTag", "MessageAttributes", "Priority", "DelaySeconds"]
        case .childFlow: ["Input", "ExecutionName", "Qualifier", "CallbackFnFTaskToken"]
        case .startExecution: ["FlowName", "Input", "ExecutionName", "Qualifier", "CallbackFnFTaskToken"]
        }
    }

    var required: [String] { self == .startExecution ? ["FlowName"] : [] }

    func range(of name: String) -> ClosedRange<Int64>? {
        switch (self, name) {
        case (.queue, "DelaySeconds"): 0...604_800
        case (.queue, "Priority"): 1...16
        default: nil
        }
    }
}

enum ParameterNotTaken: FlowRule {
    static let code = "unknown-parameter"
    static let summary = "A queue, a topic or a child flow is given a parameter that it does not have."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, let known = KnownParameters(task.resourceArn)
            else { continue }
            for parameter in task.serviceParams where !known.names.contains(parameter.name) {
                let nearest = parameter.name.nearest(in: known.names).first
                findings.warn(
                    self, "\(known.owner) has no parameter \"\(parameter.name)\"; it is ignored",
                    at: parameter.location, in: site,
                    fix: nearest.map { "did you mean \"\($0)\"?" }
                        ?? "it takes \(known.names.joined(separator: ", "))")
            }
        }
    }
}

enum ParameterOutOfRange: FlowRule {
    static let code = "parameter-out-of-range"
    static let summary = "A parameter of a queue's message is a constant that no queue takes."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, let known = KnownParameters(task.resourceArn)
            else { continue }
            for parameter in task.serviceParams {
                guard let range = known.range(of: parameter.name),
                    case .constant(let constant) = parameter.source,
                    number(constant).map({ !range.contains($0) }) ?? true
                else { continue }
                findings.warn(
                    self,
                    "\"\(parameter.name)\" is \(constant.text.prefix(40)); the task fails when it is sent",
                    at: parameter.location, in: site,
                    fix: "write an integer from \(range.lowerBound) to \(range.upperBound)")
            }
        }
    }

    /// A number or its text, as queues take it.
    private static func number(_ constant: JSONValue) -> Int64? {
        constant.integerValue ?? constant.stringValue.flatMap { Int64($0) }
    }
}

enum ParameterMissing: FlowRule {
    static let code = "missing-parameter"
    static let summary = "An action lacks a parameter that it needs."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, let known = KnownParameters(task.resourceArn)
            else { continue }
            let given = Set(task.serviceParams.map(\.name))
            for name in known.required where !given.contains(name) {
                findings.warn(
                    self, "\(known.owner) needs \"\(name)\"; the task fails when it is called",
                    at: task.resourceLocation, in: site, fix: "add \(name) to serviceParams")
            }
        }
    }
}
