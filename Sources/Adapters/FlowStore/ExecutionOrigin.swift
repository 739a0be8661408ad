package import Primitives

/// A task that waits for the end of another execution.
package struct AwaitingTask: Sendable, Hashable {
    /// The number of its execution.
    package let execution: Int64
    package let scheduledEventID: Int64
    /// The task started the execution, and ends it when it itself ends early.
    package let isParent: Bool

    package init(execution: Int64, scheduledEventID: Int64, isParent: Bool) {
        self.execution = execution
        self.scheduledEventID = scheduledEventID
        self.isParent = isParent
    }
}

/// How an execution came to be, beside its flow and its name; most came about by a plain start.
///
/// Shape: `{"awaiting":{"event":…,"execution":…,"parent":true},"depth":…,"environment":{…},"express":true,
/// "imported":…,"lenient":true,"qualifier":…,"role":…,"schedule":…,"version":…}`, each member only where it
/// says something.
package struct ExecutionOrigin: Sendable, Hashable {
    /// As the starter named the flow's version: a number or an alias.
    package var qualifier: String?
    /// The published version it runs; nil for the flow as it stood.
    package var version: Int64?
    /// The flow's role when it was started; kept and given back.
    package var roleArn = ""
    /// The flow's environment when it was started, as the API has it.
    package var environment: JSONObject = [:]
    /// Started by this schedule of the flow.
    package var schedule: String?
    package var isExpress = false
    /// Its mappings take null from a path that is not there: as configured when it was started.
    package var isLenient = false
    /// Who is told of the end.
    package var awaiting: AwaitingTask?
    /// When it was taken in from a file; nil for one that this engine has run.
    package var imported: String?
    /// How many parents wait one above the other.
    package var depth: Int64 = 0

    package init() {}
}

extension ExecutionOrigin {
    package var json: JSONObject {
        var object: JSONObject = [:]
        if let qualifier { object["qualifier"] = .string(qualifier) }
        if let version { object["version"] = .integer(version) }
        if !roleArn.isEmpty { object["role"] = .string(roleArn) }
        if !environment.isEmpty { object["environment"] = .object(environment) }
        if let schedule { object["schedule"] = .string(schedule) }
        if isExpress { object["express"] = true }
        if isLenient { object["lenient"] = true }
        if let imported { object["imported"] = .string(imported) }
        if depth > 0 { object["depth"] = .integer(depth) }
        if let awaiting {
            var task: JSONObject = [
                "event": .integer(awaiting.scheduledEventID), "execution": .integer(awaiting.execution),
            ]
            if awaiting.isParent { task["parent"] = true }
            object["awaiting"] = .object(task)
        }
        return object
    }

    package init(json: JSONObject) {
        qualifier = json["qualifier"]?.stringValue
        version = json["version"]?.integerValue
        roleArn = json["role"]?.stringValue ?? ""
        environment = json["environment"]?.objectValue ?? [:]
        schedule = json["schedule"]?.stringValue
        isExpress = json["express"]?.boolValue ?? false
        isLenient = json["lenient"]?.boolValue ?? false
        imported = json["imported"]?.stringValue
        depth = json["depth"]?.integerValue ?? 0
        awaiting = json["awaiting"].flatMap(AwaitingTask.init(json:))
    }
}

extension AwaitingTask {
    init?(json: JSONValue) {
        guard let execution = json["execution"]?.integerValue, let event = json["event"]?.integerValue
        else { return nil }
        self.init(
            execution: execution, scheduledEventID: event, isParent: json["parent"]?.boolValue ?? false)
    }

    /// As it stands in an origin; nil when it is no such text.
    package init?(text: String) {
        guard let json = try? JSONParser.parse(text) else { return nil }
        self.init(json: json)
    }
}
