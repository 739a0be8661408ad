package import HTTPMessage
package import Logging
package import Primitives
import RPCProtocol

/// The workflow API of the cloud, RPC style, at `/`. Each answer is a JSON object: the libraries can read
/// nothing else.
package struct CloudEndpoint: WebEndpoint {
    /// Units: bytes. A definition or an input of a mebibyte, each byte of it written as three, and the rest.
    package static let bodyBytesMax = 4 << 20

    private let gate: any AccessGate
    private let engine: any EnginePort
    private let world: any World
    private let logger: Logger

    package init(gate: any AccessGate, engine: any EnginePort, world: any World, logger: Logger) {
        self.gate = gate
        self.engine = engine
        self.world = world
        self.logger = logger
    }

    package func bodyBytesMax(of head: WebHead) -> Int {
        Self.fault(of: head) == nil ? Self.bodyBytesMax : 0
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        let reply = CloudReply(head, world: world)
        // Of a path that takes no body the path is what is wrong.
        if case .bodyTooLarge = fault, let head, let error = Self.fault(of: head) {
            return reply.failure(error)
        }
        return reply.failure(CloudError(fault))
    }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        var reply = CloudReply(request.head, world: world)
        do throws(CloudError) {
            if let error = Self.fault(of: request.head) { throw error }
            let asked = try CloudRequest(request)
            reply.take(requestID: asked.parameters["RequestId"])
            return reply.success(try await answer(asked, reply.requestID))
        } catch {
            return reply.failure(error)
        }
    }

    private static func fault(of head: WebHead) -> CloudError? {
        // A client whose endpoint ends in a slash sends two.
        guard head.path.utf8.allSatisfy({ $0 == UInt8(ascii: "/") }) else { return .noSuchPath }
        return head.method == "GET" || head.method == "POST" ? nil : .noSuchMethod
    }

    private func answer(_ asked: CloudRequest, _ requestID: String) async throws(CloudError) -> JSONObject {
        let grant: AccessGrant
        do { grant = try await gate.admit(asked.signed) } catch { throw CloudError(error) }
        guard let version = asked.version, !version.isEmpty else { throw .missingParameter("Version") }
        guard version == CloudActions.version else { throw .unknownVersion(version) }
        guard let name = asked.action, !name.isEmpty else { throw .missingParameter("Action") }
        guard let action = CloudActions.byName[name] else { throw .unknownAction(name) }
        try Self.check(grant, mayCall: action)
        let params = try action.params({ asked.parameters[$0] }, world: world)
        try Self.check(grant, mayTouch: action.flows(params))
        let result: JSONValue
        do throws(RPCFailure) {
            if case .flows = action.subject, !grant.flows.isEmpty {
                result = try await AllowedFlows(grant, engine).list(params)
            } else {
                result = try await engine.call(
                    action.name, .object(params), role: action.role, waits: action.waits(params))
            }
        } catch {
            let answer = CloudError(error, of: action, params)
            // A canceled one has nobody to answer.
            if answer.status >= 500, error != .canceled {
                logger.warning(
                    "\(action.name) failed: \(error)",
                    metadata: ["requestID": "\(requestID)", "accessKey": "\(grant.accessKeyID)"])
            }
            throw answer
        }
        let answer = action.answer.answer(result)
        return grant.role == .read ? TokenMask.hidden(in: answer) : answer
    }

    private static func check(_ grant: AccessGrant, mayCall action: CloudAction) throws(CloudError) {
        guard !grant.mayCall(action.roles) else { return }
        throw .denied(
            "The access key \(grant.accessKeyID) has the role \(grant.role.rawValue), "
                + "and \(action.name) needs \(action.role.rawValue).")
    }

    private static func check(
        _ grant: AccessGrant, mayTouch flows: [(parameter: String, flow: String)]
    ) throws(CloudError) {
        for (parameter, flow) in flows where !grant.mayTouch(flow: flow) {
            throw .denied(
                "The access key \(grant.accessKeyID) may not touch the flow \(flow.prefix(128)) that "
                    + "\(parameter) names.")
        }
    }
}
