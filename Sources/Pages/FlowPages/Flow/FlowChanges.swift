import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import RPCProtocol
import WebPages

/// The small forms of a flow's page: publish, aliases, delete. What is refused is said beside the form.
enum FlowChanges {
    static func publish(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let about = request.field("about")
        do throws(RPCFailure) {
            let version = try await desk.engine.call(
                PublishFlowVersion.self,
                .with {
                    $0.flowName = name
                    $0.description = about.isEmpty ? nil : about
                }, as: request.visitor.role)
            return done(name, "published", version.version)
        } catch { return try await refused(error, .publish, request, desk) }
    }

    static func unpublish(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let version = request["version"]
        guard request.field("sure") == "yes" else {
            return try await FlowPage.answer(
                request, desk,
                fault: .init(
                    form: .unpublish, sentence: "Version \(version) was not deleted: tick the box to say so.")
            )
        }
        do throws(RPCFailure) {
            _ = try await desk.engine.call(
                DeleteFlowVersion.self,
                .with {
                    $0.flowName = name
                    $0.flowVersion = version
                }, as: request.visitor.role)
            return done(name, "unpublished", version)
        } catch { return try await refused(error, .unpublish, request, desk) }
    }

    /// Makes the alias, or changes it when there is one of the name.
    static func setAlias(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let alias = request.field("alias")
        let routes: [RoutingConfiguration]
        switch routing(request) {
        case .success(let read): routes = read
        case .failure(let fault): return try await FlowPage.answer(request, desk, fault: fault.fault)
        }
        do throws(RPCFailure) {
            let isThere = try await desk.aliases(name, request).contains { $0.name == alias }
            if isThere {
                _ = try await desk.engine.call(
                    UpdateFlowAlias.self,
                    .with {
                        $0.flowName = name
                        $0.name = alias
                        $0.routingConfigurations = routes
                    }, as: request.visitor.role)
            } else {
                _ = try await desk.engine.call(
                    CreateFlowAlias.self,
                    .with {
                        $0.flowName = name
                        $0.name = alias
                        $0.routingConfigurations = routes
                    }, as: request.visitor.role)
            }
            return done(name, "aliased", alias)
        } catch { return try await refused(error, .alias, request, desk) }
    }

    private struct Unreadable: Error {
        let fault: FlowPage.Fault

        init(_ sentence: String) { fault = .init(form: .alias, sentence: sentence) }
    }

    private static func routing(
        _ request: PageRequest
    ) -> Result<[RoutingConfiguration], Unreadable> {
        let (first, second) = (request.field("route"), request.field("other"))
        guard !first.isEmpty else { return .failure(Unreadable("Choose a version.")) }
        guard !second.isEmpty else {
            return .success([.with { ($0.version, $0.weight) = (first, 100) }])
        }
        guard first != second else {
            return .failure(Unreadable("The two versions are the same; choose none as the second."))
        }
        guard let share = Int64(request.field("share")), (0...100).contains(share) else {
            return .failure(Unreadable("The share of the second version is a whole number from 0 to 100."))
        }
        return .success([
            .with { ($0.version, $0.weight) = (first, 100 - share) },
            .with { ($0.version, $0.weight) = (second, share) },
        ])
    }

    static func deleteAlias(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let alias = request["alias"]
        do throws(RPCFailure) {
            _ = try await desk.engine.call(
                DeleteFlowAlias.self,
                .with {
                    $0.flowName = name
                    $0.name = alias
                }, as: request.visitor.role)
            return done(name, "unaliased", alias)
        } catch { return try await refused(error, .alias, request, desk) }
    }

    static func delete(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        guard request.field("confirmation") == name else {
            return try await FlowPage.answer(
                request, desk,
                fault: .init(form: .delete, sentence: "That is not the flow's name. Nothing was deleted."))
        }
        _ = try await desk.engine.call(DeleteFlow.self, .with { $0.name = name }, as: request.visitor.role)
        return .seeOther(ConsolePaths.with(ConsolePaths.flows, [("said", "deleted")]))
    }

    private static func done(_ flow: String, _ said: String, _ subject: String) -> PageAnswer {
        .seeOther(ConsolePaths.with(ConsolePaths.flow(flow), [("said", said), ("of", subject)]))
    }

    private static func refused(
        _ failure: RPCFailure, _ form: FlowPage.Fault.Form, _ request: PageRequest, _ desk: FlowDesk
    ) async throws -> PageAnswer {
        let sentence = try Problem.refusal(failure)
        return try await FlowPage.answer(request, desk, fault: .init(form: form, sentence: sentence))
    }
}
