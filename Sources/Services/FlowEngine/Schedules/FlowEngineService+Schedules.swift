import FlowEngineAPI
import FlowModel
import FlowSchedule
import FlowStore
import Primitives
import RPCProtocol

/// The schedules of flows: making, changing, showing. Each change is on disk when it is answered.
extension FlowEngineService {
    func createSchedule(_ params: CreateSchedule.Params) async throws(RPCError) -> ScheduleRecord {
        let flow = try flow(params.flowName, parameter: "FlowName")
        try checkScheduleName(params.scheduleName)
        let expression = try expression(params.cronExpression)
        try check(payload: params.payload, description: params.description)
        var schedule = StoredSchedule()
        schedule.flow = flow.key
        schedule.flowName = flow.name
        schedule.name = params.scheduleName
        schedule.expression = expression.text
        schedule.payload = params.payload
        schedule.description = params.description
        schedule.isEnabled = params.enable
        if let existing = try staged(schedule.name, of: flow) {
            guard existing.hasContent(of: schedule), params.onlyNew != true else {
                throw .scheduleAlreadyExists(schedule.name, of: flow.name)
            }
            try await committed()
            return ScheduleRecord(existing)
        }
        try checkRoom(in: flow)
        schedule.id = makeUUID(from: world)
        schedule.created = world.now
        schedule.modified = schedule.created
        schedule.countFromNow(expression, world.now)
        let new = schedule
        schedule.key = try change { () throws(StoreError) in try store.addSchedule(new) }
        armOnCommit(schedule)
        try await committed()
        return ScheduleRecord(schedule)
    }

    func updateSchedule(_ params: UpdateSchedule.Params) async throws(RPCError) -> ScheduleRecord {
        var schedule = try schedule(params.scheduleName, of: params.flowName)
        let before = schedule
        try check(payload: params.payload ?? "", description: params.description ?? "")
        if let payload = params.payload { schedule.payload = payload }
        if let description = params.description { schedule.description = description }
        if let enable = params.enable { schedule.isEnabled = enable }
        if let text = params.cronExpression { schedule.expression = try expression(text).text }
        if schedule != before {
            if schedule.expression != before.expression || schedule.isEnabled != before.isEnabled {
                schedule.countFromNow(try expression(schedule.expression), world.now)
            }
            schedule.modified = max(world.now, schedule.modified)
            let changed = schedule
            try change { () throws(StoreError) in try store.replaceSchedule(changed) }
            armOnCommit(schedule)
        }
        try await committed()
        return ScheduleRecord(schedule)
    }

    func describeSchedule(_ params: DescribeSchedule.Params) async throws(RPCError) -> ScheduleRecord {
        await settle()
        return ScheduleRecord(try schedule(params.scheduleName, of: params.flowName))
    }

    /// Executions that it started go on.
    func deleteSchedule(_ params: DeleteSchedule.Params) async throws(RPCError) -> NoFields {
        let key = try schedule(params.scheduleName, of: params.flowName).key
        try change { () throws(StoreError) in try store.removeSchedule(key) }
        disarmOnCommit([key])
        try await committed()
        return NoFields()
    }

    func listSchedules(_ params: ListSchedules.Params) async throws(RPCError) -> ListSchedules.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        await settle()
        let flow = try flow(params.flowName, parameter: "FlowName")
        let found = try answering { () throws(StoreError) in
            try store.schedules(flow: flow.key, fromName: params.nextToken ?? "", limit: Int(limit) + 1)
        }
        var page = Page<ScheduleRecord>(limit: Int(limit), bytesMax: settings.wire.replyBytesMax)
        for schedule in found {
            let bytes = schedule.payload.utf8.count + schedule.description.utf8.count + 2048
            guard page.add(ScheduleRecord(schedule), bytes: bytes) else { break }
        }
        var result = ListSchedules.Result()
        result.schedules = page.items
        if page.items.count < found.count { result.nextToken = found[page.items.count].name }
        return result
    }

    /// The schedules go with their flow, in the same commit.
    func removeSchedules(of flow: StoredFlow) throws(RPCError) {
        let key = flow.key
        let keys = try change { () throws(StoreError) in try store.removeSchedules(flow: key) }
        disarmOnCommit(keys)
    }
}

// MARK: - Looking up and checking

extension FlowEngineService {
    private func staged(_ name: String, of flow: StoredFlow) throws(RPCError) -> StoredSchedule? {
        try answering { () throws(StoreError) in try store.schedule(flow: flow.key, name: name) }
    }

    private func schedule(_ name: String, of flowName: String) throws(RPCError) -> StoredSchedule {
        let flow = try flow(flowName, parameter: "FlowName")
        try checkScheduleName(name)
        guard let schedule = try staged(name, of: flow) else {
            throw .scheduleNotExists(name, of: flowName)
        }
        return schedule
    }

    private func checkScheduleName(_ name: String) throws(RPCError) {
        if let fault = NameRule.check(name, kind: .schedule) { throw .argument("ScheduleName", fault) }
    }

    private func check(payload: String, description: String) throws(RPCError) {
        try checkDescription(description)
        guard payload.utf8.count <= settings.schedulePayloadBytesMax else {
            throw .tooLarge(
                "Payload", bytes: payload.utf8.count, bytesMax: settings.schedulePayloadBytesMax)
        }
        // Nested one level deeper than it is, it must still be an input.
        var schedule = StoredSchedule()
        schedule.payload = payload
        let input = ScheduledRun(schedule, due: world.now).input
        _ = try parseObject(JSONValue.object(input).text, parameter: "Payload")
    }

    private func checkRoom(in flow: StoredFlow) throws(RPCError) {
        guard !flow.isExpress else {
            throw .argument(
                "FlowName",
                "\(flow.name) is an Express flow, which only StartSyncExecution runs; take a Standard flow"
            )
        }
        let count = try answering { () throws(StoreError) in try store.scheduleCount(flow: flow.key) }
        guard count < settings.flowSchedulesMax else {
            throw .argument(
                "ScheduleName",
                "the flow \(flow.name) has \(count) schedules, the most that are allowed; delete one first")
        }
    }

    func expression(_ text: String) throws(RPCError) -> ScheduleExpression {
        do throws(ScheduleFault) { return try ScheduleExpression(text, zones: zones) } catch {
            throw RPCError(
                .invalidArgument, "CronExpression: \(error)",
                details: [
                    "parameter": "CronExpression", "field": .string(error.field), "text": .string(error.text),
                    "fix": .string(error.fix),
                ])
        }
    }
}

extension StoredSchedule {
    /// Whether a repeated CreateSchedule asks for what is there already.
    fileprivate func hasContent(of other: StoredSchedule) -> Bool {
        expression == other.expression && payload == other.payload && description == other.description
            && isEnabled == other.isEnabled
    }

    /// Puts the expression in force: from now on, or not while it is disabled.
    fileprivate mutating func countFromNow(_ expression: ScheduleExpression, _ now: Timestamp) {
        // Whole seconds, so that due times have no fraction.
        anchor = Timestamp(microseconds: now.microseconds.floorDivided(by: 1_000_000).quotient * 1_000_000)
        next = isEnabled ? expression.next(after: now, anchor: anchor) : nil
    }
}

extension ScheduleRecord {
    init(_ schedule: StoredSchedule) {
        self.init()
        scheduleId = schedule.id
        flowName = schedule.flowName
        scheduleName = schedule.name
        cronExpression = schedule.expression
        payload = schedule.payload
        description = schedule.description
        enable = schedule.isEnabled
        createdTime = schedule.created.description
        lastModifiedTime = schedule.modified.description
        nextTime = schedule.next?.description ?? ""
        lastTime = schedule.last?.description ?? ""
        lastExecutionName = schedule.lastExecution
        missedCount = schedule.missed
    }
}

extension RPCError {
    static func scheduleNotExists(_ schedule: String, of flow: String) -> RPCError {
        RPCError(
            .scheduleNotExists, "The schedule \(schedule) for flow \(flow) does not exist",
            details: ["schedule": .string(schedule), "flow": .string(flow)])
    }

    static func scheduleAlreadyExists(_ schedule: String, of flow: String) -> RPCError {
        RPCError(
            .scheduleAlreadyExists,
            "The schedule \(schedule) already exists in flow \(flow) with other content; UpdateSchedule "
                + "changes it",
            details: ["schedule": .string(schedule), "flow": .string(flow)])
    }
}
