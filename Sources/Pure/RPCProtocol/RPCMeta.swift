package import Primitives

/// What travels beside the params of a request; all optional, unknown members are ignored.
package struct RPCMeta: Sendable, Hashable {
    /// How long the caller waits. Units: milliseconds from arrival.
    package var deadlineMs: Int64?
    /// W3C trace context, passed on and logged, never interpreted.
    package var traceparent: String?
    /// With door and method it names one change: a repeat is answered as the first was.
    package var idempotencyKey: String?
    package var labels: JSONObject = [:]
    /// On a call that the engine makes for a task.
    package var task: TaskMeta?

    package init(
        deadlineMs: Int64? = nil, idempotencyKey: String? = nil, labels: JSONObject = [:],
        task: TaskMeta? = nil
    ) {
        self.deadlineMs = deadlineMs
        self.idempotencyKey = idempotencyKey
        self.labels = labels
        self.task = task
    }

    package init(json: JSONValue) {
        deadlineMs = json["deadlineMs"]?.integerValue
        traceparent = json["traceparent"]?.stringValue
        idempotencyKey = json["idempotencyKey"]?.stringValue
        labels = json["labels"]?.objectValue ?? [:]
        task = json["task"].flatMap(TaskMeta.init(json:))
    }

    package var isEmpty: Bool {
        deadlineMs == nil && traceparent == nil && idempotencyKey == nil && labels.isEmpty && task == nil
    }

    /// Members in the order of their keys; those that are not set are left out.
    func write(into buffer: inout [UInt8]) {
        var members = JSONMembers(into: &buffer)
        if let deadlineMs { members.add("deadlineMs", .integer(deadlineMs), to: &buffer) }
        if let idempotencyKey { members.add("idempotencyKey", .string(idempotencyKey), to: &buffer) }
        if !labels.isEmpty { members.add("labels", .object(labels), to: &buffer) }
        if let task {
            members.begin("task", in: &buffer)
            task.write(into: &buffer)
        }
        if let traceparent { members.add("traceparent", .string(traceparent), to: &buffer) }
        members.end(in: &buffer)
    }
}

/// Which attempt of which task a call is made for. `key` is the same for each redelivery of the attempt.
package struct TaskMeta: Sendable, Hashable {
    package var flow: String
    package var execution: String
    package var step: String
    package var scheduledEventID: Int64
    /// 0 for the first, then one more for each retry that the flow asked for.
    package var attempt: Int64
    package var token: String
    package var deadline: Timestamp?
    package var labels: JSONObject
    /// How often this attempt was sent before.
    package var redelivery: Int64

    package init(
        flow: String, execution: String, step: String, scheduledEventID: Int64, attempt: Int64, token: String,
        deadline: Timestamp?, labels: JSONObject, redelivery: Int64
    ) {
        self.flow = flow
        self.execution = execution
        self.step = step
        self.scheduledEventID = scheduledEventID
        self.attempt = attempt
        self.token = token
        self.deadline = deadline
        self.labels = labels
        self.redelivery = redelivery
    }

    /// The idempotency key of the attempt: `flow/execution/scheduledEventId`.
    package var key: String { "\(flow)/\(execution)/\(scheduledEventID)" }

    init?(json: JSONValue) {
        guard let flow = json["flow"]?.stringValue, let execution = json["execution"]?.stringValue,
            let step = json["step"]?.stringValue, let scheduled = json["scheduledEventId"]?.integerValue,
            let token = json["token"]?.stringValue
        else { return nil }
        self.init(
            flow: flow, execution: execution, step: step, scheduledEventID: scheduled,
            attempt: json["attempt"]?.integerValue ?? 0, token: token,
            deadline: json["deadline"]?.stringValue.flatMap(Timestamp.init(rfc3339:)),
            labels: json["labels"]?.objectValue ?? [:], redelivery: json["redelivery"]?.integerValue ?? 0)
    }

    /// Members in the order of their keys.
    func write(into buffer: inout [UInt8]) {
        var members = JSONMembers(into: &buffer)
        members.add("attempt", .integer(attempt), to: &buffer)
        if let deadline { members.add("deadline", .string(deadline.description), to: &buffer) }
        members.add("execution", .string(execution), to: &buffer)
        members.add("flow", .string(flow), to: &buffer)
        members.add("labels", .object(labels), to: &buffer)
        members.add("redelivery", .integer(redelivery), to: &buffer)
        members.add("scheduledEventId", .integer(scheduledEventID), to: &buffer)
        members.add("step", .string(step), to: &buffer)
        members.add("token", .string(token), to: &buffer)
        members.end(in: &buffer)
    }
}
