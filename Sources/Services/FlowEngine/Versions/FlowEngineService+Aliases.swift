import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Aliases: names for one version of a flow, or for two by weight.
extension FlowEngineService {
    func createFlowAlias(_ params: CreateFlowAlias.Params) async throws(RPCError) -> CreateFlowAlias.Result {
        let flow = try flow(params.flowName, parameter: "FlowName")
        let name = try aliasName(params.name)
        try checkDescription(params.description)
        let routes = try routes(params.routingConfigurations, of: flow)
        if let existing = try answering({ () throws(StoreError) in try store.alias(name, of: flow.key) }) {
            guard existing.routes == routes, existing.description == params.description,
                params.onlyNew != true
            else {
                throw .flowAliasAlreadyExists(name, of: flow.name)
            }
            try await committed()
            return CreateFlowAlias.Result(FlowAliasRecord(existing), of: flow)
        }
        let count = try allAliases(of: flow).count
        guard count < settings.flowAliasesMax else {
            throw .argument(
                "FlowName", "\(flow.name) has \(count) aliases, as many as a flow may have; delete some")
        }
        var alias = StoredAlias()
        alias.flow = flow.key
        alias.name = name
        alias.description = params.description
        alias.routes = routes
        alias.created = world.now
        alias.modified = alias.created
        try await put(alias)
        return CreateFlowAlias.Result(FlowAliasRecord(alias), of: flow)
    }

    func updateFlowAlias(_ params: UpdateFlowAlias.Params) async throws(RPCError) -> DescribeFlowAlias.Result
    {
        let flow = try flow(params.flowName, parameter: "FlowName")
        var alias = try alias(params.name, of: flow)
        let before = alias
        try checkDescription(params.description)
        if let description = params.description { alias.description = description }
        if let routes = params.routingConfigurations { alias.routes = try self.routes(routes, of: flow) }
        if alias == before {
            try await committed()
        } else {
            alias.modified = max(world.now, alias.modified)
            try await put(alias)
        }
        return .with { $0.alias = FlowAliasRecord(alias) }
    }

    private func put(_ alias: StoredAlias) async throws(RPCError) {
        try change { () throws(StoreError) in try store.putAlias(alias) }
        try await committed()
    }

    func describeFlowAlias(_ params: DescribeFlowAlias.Params) async throws(RPCError)
        -> DescribeFlowAlias.Result
    {
        await settle()
        let flow = try flow(params.flowName, parameter: "FlowName")
        let alias = try alias(params.name, of: flow)
        return .with { $0.alias = FlowAliasRecord(alias) }
    }

    func deleteFlowAlias(_ params: DeleteFlowAlias.Params) async throws(RPCError) -> NoFields {
        let flow = try flow(params.flowName, parameter: "FlowName")
        let alias = try alias(params.name, of: flow)
        try change { () throws(StoreError) in try store.removeAlias(alias.name, of: flow.key) }
        try await committed()
        return NoFields()
    }

    func listFlowAliases(_ params: ListFlowAliases.Params) async throws(RPCError) -> ListFlowAliases.Result {
        let limit = Int(try params.limit.inRange(1...1000, parameter: "Limit") ?? 60)
        await settle()
        let flow = try flow(params.flowName, parameter: "FlowName")
        let found = try answering { () throws(StoreError) in
            try store.aliases(of: flow.key, fromName: params.nextToken ?? "", limit: limit + 1)
        }
        var page = Page<FlowAliasRecord>(limit: limit, bytesMax: settings.wire.replyBytesMax)
        for alias in found {
            guard page.add(FlowAliasRecord(alias), bytes: alias.description.utf8.count + 400) else { break }
        }
        var result = ListFlowAliases.Result()
        result.aliases = page.items
        if page.items.count < found.count { result.nextToken = found[page.items.count].name }
        return result
    }
}

// MARK: - Checks

extension FlowEngineService {
    private func aliasName(_ name: String) throws(RPCError) -> String {
        if let fault = NameRule.check(name, kind: .alias) { throw .argument("Name", fault) }
        guard name != Qualifier.latestName else {
            throw .argument("Name", "LATEST means the flow as it stands; choose another name")
        }
        return name
    }

    /// The routes in their canonical order: the same weights split the executions the same way.
    private func routes(
        _ configurations: [RoutingConfiguration], of flow: StoredFlow
    ) throws(RPCError) -> [StoredRoute] {
        let parameter = "RoutingConfigurations"
        guard (1...2).contains(configurations.count) else {
            throw .argument(parameter, "there are \(configurations.count); an alias has one version or two")
        }
        var routes: [StoredRoute] = []
        for route in configurations {
            let number = try versionNumber(route.version, parameter: parameter)
            let version = try version(number, of: flow)
            guard (0...100).contains(route.weight) else {
                throw .argument(
                    parameter, "the weight \(route.weight) of version \(number) is not between 0 and 100")
            }
            if routes.contains(where: { $0.version == number }) {
                throw .argument(parameter, "version \(number) is named twice")
            }
            routes.append(StoredRoute(version: version.number, weight: route.weight))
        }
        let sum = routes.reduce(0) { $0 + $1.weight }
        guard sum == 100 else { throw .argument(parameter, "the weights make \(sum); they must make 100") }
        return routes.sorted { $0.version < $1.version }
    }

    func allAliases(of flow: StoredFlow) throws(RPCError) -> [StoredAlias] {
        try answering { () throws(StoreError) in
            try store.aliases(of: flow.key, fromName: "", limit: settings.flowAliasesMax)
        }
    }
}

extension FlowAliasRecord {
    init(_ alias: StoredAlias) {
        self.init()
        name = alias.name
        description = alias.description
        routingConfigurations = alias.routes.map { route in
            .with {
                $0.version = "\(route.version)"
                $0.weight = route.weight
            }
        }
        createdTime = alias.created.description
        lastModifiedTime = alias.modified.description
    }
}

extension CreateFlowAlias.Result {
    init(_ alias: FlowAliasRecord, of flow: StoredFlow) {
        self.init()
        flowName = flow.name
        name = alias.name
        description = alias.description
        routingConfigurations = alias.routingConfigurations
        createdTime = alias.createdTime
        lastModifiedTime = alias.lastModifiedTime
    }
}
