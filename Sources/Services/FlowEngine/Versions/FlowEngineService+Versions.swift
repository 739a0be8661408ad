import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// Publishing, listing and deleting versions of flows.
extension FlowEngineService {
    func publishFlowVersion(_ params: PublishFlowVersion.Params) async throws(RPCError) -> FlowVersionRecord {
        let flow = try flow(params.flowName, parameter: "FlowName")
        try checkDescription(params.description)
        let newest = try answering { () throws(StoreError) in
            try store.versions(of: flow.key, before: .max, limit: 1).first
        }
        if let newest, newest.hasContent(of: flow) {
            try await committed()
            return FlowVersionRecord(newest, of: flow)
        }
        let count = try answering { () throws(StoreError) in
            try store.versions(of: flow.key, before: .max, limit: settings.flowVersionsMax).count
        }
        guard count < settings.flowVersionsMax else {
            throw .argument(
                "FlowName",
                "\(flow.name) has \(count) versions, as many as a flow may have; delete some of them"
            )
        }
        var version = StoredVersion()
        version.flow = flow.key
        version.definition = flow.definition
        version.description = params.description ?? flow.description
        version.roleArn = flow.roleArn
        version.environment = flow.environment
        version.created = world.now
        let content = version
        version.number = try change { () throws(StoreError) in try store.addVersion(content) }
        try await committed()
        return FlowVersionRecord(version, of: flow)
    }

    func listFlowVersions(_ params: ListFlowVersions.Params) async throws(RPCError) -> ListFlowVersions.Result
    {
        let limit = Int(try params.limit.inRange(1...1000, parameter: "Limit") ?? 60)
        let before = try params.nextToken.number(parameter: "NextToken") ?? .max
        await settle()
        let flow = try flow(params.flowName, parameter: "FlowName")
        let found = try answering { () throws(StoreError) in
            try store.versions(of: flow.key, before: before, limit: limit + 1)
        }
        var page = Page<FlowVersionRecord>(limit: limit, bytesMax: settings.wire.replyBytesMax)
        for version in found {
            let bytes = version.description.utf8.count + flow.name.utf8.count + 160
            guard page.add(FlowVersionRecord(version, of: flow), bytes: bytes) else { break }
        }
        var result = ListFlowVersions.Result()
        result.flowVersions = page.items
        if page.items.count < found.count, let last = found.prefix(page.items.count).last {
            result.nextToken = "\(last.number)"
        }
        return result
    }

    func deleteFlowVersion(_ params: DeleteFlowVersion.Params) async throws(RPCError) -> NoFields {
        let flow = try flow(params.flowName, parameter: "FlowName")
        let number = try versionNumber(params.flowVersion, parameter: "FlowVersion")
        let version = try version(number, of: flow)
        let users = try allAliases(of: flow).filter { alias in
            alias.routes.contains { $0.version == version.number }
        }
        guard users.isEmpty else {
            throw .flowVersionInUse(version.number, of: flow.name, by: users.map(\.name))
        }
        try change { () throws(StoreError) in try store.removeVersion(version.number, of: flow.key) }
        try await committed()
        return NoFields()
    }
}

extension StoredVersion {
    /// Whether a repeated PublishFlowVersion asks for what is there already.
    fileprivate func hasContent(of flow: StoredFlow) -> Bool {
        definition == flow.definition && roleArn == flow.roleArn && environment == flow.environment
    }
}

extension FlowVersionRecord {
    init(_ version: StoredVersion, of flow: StoredFlow) {
        self.init()
        flowName = flow.name
        self.version = "\(version.number)"
        description = version.description
        createdTime = version.created.description
    }
}
