import FlowDefinition
import FlowEngineAPI
import FlowModel
import FlowParsing
import FlowStore
import Primitives
import RPCProtocol

/// The catalog of flows. Each change is on disk when it is answered.
extension FlowEngineService {
    func createFlow(_ params: CreateFlow.Params) async throws(RPCError) -> FlowRecord {
        if let fault = NameRule.check(params.name, kind: .flow) { throw .argument("Name", fault) }
        var flow = StoredFlow()
        flow.name = params.name
        flow.description = params.description
        flow.type = try flowType(params.type)
        flow.roleArn = params.roleArn ?? ""
        flow.externalStorageLocation = params.externalStorageLocation ?? ""
        flow.executionMode = try executionMode(params.executionMode)
        flow.resourceGroup = params.resourceGroupId ?? ""
        if let environment = params.environment { flow.environment = try self.environment(environment) }
        try checkDescription(params.description)
        try checkAttribute(params.roleArn, parameter: "RoleArn")
        try checkAttribute(params.externalStorageLocation, parameter: "ExternalStorageLocation")
        try checkAttribute(params.resourceGroupId, parameter: "ResourceGroupId")
        let definition = try checkedDefinition(params.definition, of: params.name)
        if flow.isExpress { try checkExpress(definition) }
        flow.definition = definition.id
        let existing = try answering { () throws(StoreError) in try currentFlow(params.name) }
        if let existing {
            guard existing.hasContent(of: flow), params.onlyNew != true else {
                throw .flowAlreadyExists(params.name)
            }
            try await committed()
            return judged(existing, definition.text)
        }
        let count = try answering { () throws(StoreError) in try store.flowCount() }
        guard count < settings.flowsMax else {
            throw RPCError(
                .resourceThrottled,
                "there are \(count) flows, as many as there may be (flowsMax); delete one first")
        }
        flow.id = makeUUID(from: world)
        flow.created = world.now
        flow.modified = flow.created
        let stored = flow
        flow.key = try change { () throws(StoreError) in
            try store.addFlow(stored, definitionText: definition.text)
        }
        flowsByName[flow.name] = flow
        try await committed()
        warnOfUnbound(definition, of: flow.name)
        return judged(flow, definition.text)
    }

    func updateFlow(_ params: UpdateFlow.Params) async throws(RPCError) -> FlowRecord {
        var flow = try flow(params.name, parameter: "Name")
        if let seen = params.ifLastModifiedTime, seen != flow.modified.description {
            throw .flowChangedMeanwhile(flow.name, flow.modified)
        }
        let definition: PinnedDefinition
        if let text = params.definition {
            definition = try checkedDefinition(text, of: params.name)
            if flow.isExpress { try checkExpress(definition) }
        } else {
            let id = flow.definition
            definition = try answering { () throws(StoreError) in try definitions.definition(id) }
        }
        let before = flow
        flow.definition = definition.id
        if let description = params.description { flow.description = description }
        if let type = params.type { flow.type = try flowType(type) }
        if let roleArn = params.roleArn { flow.roleArn = roleArn }
        if let location = params.externalStorageLocation { flow.externalStorageLocation = location }
        if let environment = params.environment { flow.environment = try self.environment(environment) }
        try checkDescription(params.description)
        try checkAttribute(params.roleArn, parameter: "RoleArn")
        try checkAttribute(params.externalStorageLocation, parameter: "ExternalStorageLocation")
        if flow != before {
            flow.modified = max(world.now, flow.modified)
            try replace(flow, definition)
        }
        try await committed()
        if flow.definition != before.definition { warnOfUnbound(definition, of: flow.name) }
        return params.definition == nil
            ? FlowRecord(flow, definition: definition.text) : judged(flow, definition.text)
    }

    func describeFlow(_ params: DescribeFlow.Params) async throws(RPCError) -> FlowRecord {
        await settle()
        let flow = try flow(params.name, parameter: "Name")
        let number: Int64
        switch Qualifier(params.flowVersion) {
        case .latest: return try flowRecord(flow)
        case .version(let named): number = named
        case .alias(let text): number = try versionNumber(text, parameter: "FlowVersion")
        }
        return try flowRecord(flow.asKept(by: try version(number, of: flow)), version: number)
    }

    func listFlows(_ params: ListFlows.Params) async throws(RPCError) -> ListFlows.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        let group = params.resourceGroupId.flatMap { $0.isEmpty ? nil : $0 }
        await settle()
        let flows = try answering { () throws(StoreError) in
            try store.flows(
                fromName: params.nextToken ?? "", limit: Int(limit) + 1, resourceGroup: group)
        }
        var page = Page<FlowRecord>(limit: Int(limit), bytesMax: settings.wire.replyBytesMax)
        for flow in flows {
            let record = try flowRecord(flow)
            guard page.add(record, bytes: record.bytes) else { break }
        }
        var result = ListFlows.Result()
        result.flows = page.items
        if page.items.count < flows.count { result.nextToken = flows[page.items.count].name }
        return result
    }

    func checkResources(_ params: CheckResources.Params) throws(RPCError) -> CheckResources.Result {
        var result = CheckResources.Result()
        for arn in params.resourceArns where !isAnswered(arn) {
            var unbound = UnboundResource()
            unbound.resourceArn = arn
            unbound.nearest = resolver.nearest(to: arn)
            result.unbound.append(unbound)
        }
        return result
    }

    private func flowRecord(_ flow: StoredFlow, version: Int64? = nil) throws(RPCError) -> FlowRecord {
        let text = try answering { () throws(StoreError) in try store.definitionText(flow.definition) }
        var record = FlowRecord(flow, definition: text ?? "")
        record.flowVersion = version.map { "\($0)" }
        return record
    }

    private func judged(_ flow: StoredFlow, _ text: String) -> FlowRecord {
        var record = FlowRecord(flow, definition: text)
        record.warnings = warnings(of: text)
        return record
    }

    func replace(_ flow: StoredFlow, _ definition: PinnedDefinition) throws(RPCError) {
        try change { () throws(StoreError) in try store.replaceFlow(flow, definitionText: definition.text) }
        flowsByName[flow.name] = flow.deleted == nil ? flow : nil
    }
}

// MARK: - Checks

extension FlowEngineService {
    /// Parsed, free of errors, and kept for the executions to come.
    private func checkedDefinition(_ text: String, of flow: String) throws(RPCError) -> PinnedDefinition {
        let limits = settings.limits
        guard text.utf8.count <= limits.definitionBytesMax else {
            throw .tooLarge("Definition", bytes: text.utf8.count, bytesMax: limits.definitionBytesMax)
        }
        let (parsed, diagnostics) = FlowParser.parse(text, limits: limits)
        guard let parsed else {
            let errors = diagnostics.filter { $0.severity == .error }
            let texts = errors.map { $0.text(file: flow) }
            throw RPCError(
                .invalidArgument, "Definition: \(texts.joined(separator: "\n"))",
                details: ["parameter": "Definition", "diagnostics": .array(errors.map(\.json))])
        }
        let definition = PinnedDefinition(id: DefinitionCache.id(of: text), text: text, flow: parsed)
        definitions.add(definition)
        return definition
    }

    private func flowType(_ type: String) throws(RPCError) -> String {
        switch type {
        case "", "FDL", "DEFAULT": return "FDL"
        default: throw .argument("Type", "\"\(type)\" is unknown; the only type is FDL")
        }
    }

    private func executionMode(_ mode: String?) throws(RPCError) -> String {
        switch mode {
        case nil, "", "Standard": return "Standard"
        case "Express": return "Express"
        default:
            throw .argument("ExecutionMode", "\"\(mode ?? "")\" is unknown; say Standard or Express")
        }
    }

    /// Nobody reports to an execution whose starter waits for it. Source: fdl §7.5.
    private func checkExpress(_ definition: PinnedDefinition) throws(RPCError) {
        for step in definition.flow.allSteps {
            guard case .task(let task) = step.body, task.pattern.waitsForReport else { continue }
            throw .argument(
                "Definition",
                "step \(step.name) has pattern \(task.pattern.rawValue), and in an Express flow every task "
                    + "has pattern requestResponse; make the flow Standard")
        }
    }

    private func warnOfUnbound(_ definition: PinnedDefinition, of flow: String) {
        for use in definition.flow.resourceArns where !isAnswered(use.arn) {
            log.unboundAtApply(
                flow: flow, step: use.stepName, arn: use.arn, resolver.unboundText(use.arn))
        }
    }
}

extension StoredFlow {
    /// Whether a repeated CreateFlow asks for what is there already.
    func hasContent(of other: StoredFlow) -> Bool {
        definition == other.definition && description == other.description && type == other.type
            && roleArn == other.roleArn && externalStorageLocation == other.externalStorageLocation
            && executionMode == other.executionMode && environment == other.environment
            && resourceGroup == other.resourceGroup
    }

    /// The flow with what a version of it keeps; it was last changed when that was published.
    func asKept(by version: StoredVersion) -> StoredFlow {
        var flow = self
        flow.definition = version.definition
        flow.description = version.description
        flow.roleArn = version.roleArn
        flow.environment = version.environment
        flow.modified = version.created
        return flow
    }
}

extension FlowRecord {
    init(_ flow: StoredFlow, definition text: String) {
        self.init()
        id = flow.id
        name = flow.name
        definition = text
        description = flow.description
        type = flow.type
        roleArn = flow.roleArn
        let location = flow.externalStorageLocation
        externalStorageLocation = location.isEmpty ? nil : location
        executionMode = flow.executionMode
        environment = FlowEnvironment(stored: flow.environment)
        resourceGroupId = flow.resourceGroup.isEmpty ? nil : flow.resourceGroup
        createdTime = flow.created.description
        lastModifiedTime = flow.modified.description
    }

    /// About what it takes in a reply.
    fileprivate var bytes: Int {
        definition.utf8.count + description.utf8.count + (environment?.wire.text.utf8.count ?? 0) + 400
    }
}

extension Diagnostic {
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "code": .string(code), "severity": .string(severity.rawValue), "message": .string(message),
            "line": .integer(Int64(line)), "column": .integer(Int64(column)), "step": .string(stepPath),
        ]
        if let fix { object["fix"] = .string(fix) }
        return .object(object)
    }
}
