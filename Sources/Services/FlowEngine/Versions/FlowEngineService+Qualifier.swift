import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// What an execution takes from its flow when it starts, and keeps.
struct PinnedFlow: Sendable, Hashable {
    /// The content id.
    let definition: String
    /// The published version, unless it is the flow as it stands.
    let version: Int64?
    /// As the starter named it, unless it is the flow as it stands.
    let qualifier: String?
    let roleArn: String
    let environment: JSONObject

    /// Writes it into the execution's origin.
    func note(in origin: inout ExecutionOrigin) {
        origin.version = version
        origin.qualifier = qualifier
        origin.roleArn = roleArn
        origin.environment = environment
    }
}

/// Finding what a qualifier means.
extension FlowEngineService {
    /// What an execution of this name runs when it is started under the qualifier.
    ///
    /// Throws: `FlowVersionNotExists` or `FlowAliasNotExists`, with what there is.
    func resolve(
        qualifier text: String?, of flow: StoredFlow, executionName: String
    ) throws(RPCError) -> PinnedFlow {
        let number: Int64
        switch Qualifier(text) {
        case .latest:
            return PinnedFlow(
                definition: flow.definition, version: nil, qualifier: nil, roleArn: flow.roleArn,
                environment: flow.environment)
        case .version(let named): number = named
        case .alias(let name):
            let alias = try alias(name, of: flow, parameter: "Qualifier")
            guard let routed = alias.routes.version(flow: flow.name, execution: executionName) else {
                throw RPCError(.internalFault, "alias \(name) of flow \(flow.name) routes nowhere")
            }
            number = routed
        }
        let version = try version(number, of: flow)
        return PinnedFlow(
            definition: version.definition, version: version.number, qualifier: text,
            roleArn: version.roleArn, environment: version.environment)
    }

    func version(_ number: Int64, of flow: StoredFlow) throws(RPCError) -> StoredVersion {
        let found = try answering { () throws(StoreError) in try store.version(number, of: flow.key) }
        guard let found else {
            throw .flowVersionNotExists(number, of: flow.name, present: try present(of: flow))
        }
        return found
    }

    func alias(
        _ name: String, of flow: StoredFlow, parameter: String = "Name"
    ) throws(RPCError) -> StoredAlias {
        if let fault = NameRule.check(name, kind: .alias) { throw .argument(parameter, fault) }
        let found = try answering { () throws(StoreError) in try store.alias(name, of: flow.key) }
        guard let found else {
            throw .flowAliasNotExists(name, of: flow.name, present: try present(of: flow))
        }
        return found
    }

    func versionNumber(_ text: String, parameter: String) throws(RPCError) -> Int64 {
        guard let number = Qualifier.number(text) else {
            throw .argument(parameter, "\"\(text)\" is no version's number, such as 1")
        }
        return number
    }

    /// Which executions to list; nil for all.
    func qualifierFilter(_ text: String?) throws(RPCError) -> QualifierFilter? {
        guard let text, !text.isEmpty else { return nil }
        switch Qualifier(text) {
        case .latest: return .latest
        case .version(let number): return .version(number)
        case .alias(let name):
            if let fault = NameRule.check(name, kind: .alias) { throw .argument("Qualifier", fault) }
            return .alias(name)
        }
    }

    /// The newest versions and the first aliases in words, for who named one that is not there.
    private func present(of flow: StoredFlow) throws(RPCError) -> String {
        let namedMax = 8
        let (versions, aliases) = try answering { () throws(StoreError) in
            (
                try store.versions(of: flow.key, before: .max, limit: namedMax + 1),
                try store.aliases(of: flow.key, fromName: "", limit: namedMax + 1)
            )
        }
        func list(_ kind: String, _ items: [String]) -> String {
            guard !items.isEmpty else { return "no \(kind)" }
            return "\(kind) " + items.prefix(namedMax).joined(separator: ", ")
                + (items.count > namedMax ? " and more" : "")
        }
        return list("versions", versions.map { "\($0.number)" }) + " and "
            + list("aliases", aliases.map(\.name))
    }
}

extension RPCError {
    static func flowVersionNotExists(_ number: Int64, of flow: String, present: String) -> RPCError {
        RPCError(
            .flowVersionNotExists, "Flow \(flow) has no version \(number); it has \(present)",
            details: ["flow": .string(flow), "version": .string("\(number)")])
    }

    static func flowAliasNotExists(_ alias: String, of flow: String, present: String) -> RPCError {
        RPCError(
            .flowAliasNotExists, "Flow \(flow) has no alias \(alias); it has \(present)",
            details: ["flow": .string(flow), "alias": .string(alias)])
    }

    static func flowAliasAlreadyExists(_ alias: String, of flow: String) -> RPCError {
        RPCError(
            .flowAliasAlreadyExists,
            "Flow \(flow) already has an alias \(alias) with other content; UpdateFlowAlias changes it",
            details: ["flow": .string(flow), "alias": .string(alias)])
    }

    static func flowVersionInUse(_ number: Int64, of flow: String, by aliases: [String]) -> RPCError {
        RPCError(
            .flowVersionInUse,
            "Version \(number) of flow \(flow) can't be deleted while an alias routes to it: "
                + "\(aliases.joined(separator: ", ")); change or delete the alias first",
            details: ["flow": .string(flow), "aliases": .array(aliases.map(JSONValue.string))])
    }
}
