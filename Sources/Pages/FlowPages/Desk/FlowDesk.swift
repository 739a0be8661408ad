import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import RPCProtocol
import WebPages

/// What the pages of flows are made with: the engine, and where long work is done.
struct FlowDesk: Sendable {
    let engine: any ServicePort
    let workshop = FlowWorkshop()

    /// Newest versions that a page shows; a flow has up to 1,000.
    static let versionsShownMax: Int64 = 100

    /// The flow that the path names, if the visitor's key reaches it.
    func name(_ request: PageRequest) throws(Problem) -> String {
        let name = request["flow"]
        guard request.visitor.mayTouch(flow: name) else { throw Self.outOfReach(name) }
        return name
    }

    static func outOfReach(_ flow: String) -> Problem {
        Problem(
            403, "This flow is not yours", "Your key does not reach the flow \(flow).",
            advice: "Sign in with a key that does.")
    }

    /// - Parameter version: nil or empty: as it is now.
    func record(
        _ name: String, version: String? = nil, _ request: PageRequest
    ) async throws(RPCFailure) -> FlowRecord {
        try await engine.call(
            DescribeFlow.self,
            .with {
                $0.name = name
                $0.flowVersion = version.flatMap { $0.isEmpty ? nil : $0 }
            }, as: request.visitor.role)
    }

    /// Newest first.
    func versions(
        _ name: String, limit: Int64 = versionsShownMax, _ request: PageRequest
    ) async throws(RPCFailure) -> [FlowVersionRecord] {
        try await engine.call(
            ListFlowVersions.self,
            .with {
                $0.flowName = name
                $0.limit = limit
            }, as: request.visitor.role
        ).flowVersions
    }

    /// All of them: a flow has at most 100.
    func aliases(_ name: String, _ request: PageRequest) async throws(RPCFailure) -> [FlowAliasRecord] {
        try await engine.call(
            ListFlowAliases.self,
            .with {
                $0.flowName = name
                $0.limit = 100
            }, as: request.visitor.role
        ).aliases
    }

    /// Nil: it has no executions, or the engine is of an earlier version and does not count.
    func counts(_ name: String, _ request: PageRequest) async throws(RPCFailure) -> FlowCounts? {
        do throws(RPCFailure) {
            return try await engine.call(
                CountExecutions.self, .with { $0.flowName = name }, as: request.visitor.role
            ).flows.first { $0.flowName == name }
        } catch {
            guard case .answered(let refusal) = error, refusal.name == .methodNotFound else { throw error }
            return nil
        }
    }
}

extension Problem {
    /// What the engine says to a change that it refuses, for the form's own page; what is no refusal is
    /// thrown on.
    static func refusal(_ failure: RPCFailure) throws(RPCFailure) -> String {
        guard case .answered(let error) = failure, !error.retryable, error.name.text != "AccessDenied" else {
            throw failure
        }
        return error.message
    }
}
