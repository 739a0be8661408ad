import FlowEngineAPI
import Primitives
import RPCProtocol

/// The list of flows for a key that may touch some of them only: full pages, and a token only if there is
/// more for it.
struct AllowedFlows {
    private static let limitDefault = 60
    private static let pageLimit: Int64 = 1000
    /// Units: bytes of definitions. A page of the engine stops at as much.
    private static let bytesMax = 1 << 20

    private let grant: AccessGrant
    private let engine: any EnginePort

    init(_ grant: AccessGrant, _ engine: any EnginePort) {
        self.grant = grant
        self.engine = engine
    }

    func list(_ params: JSONObject) async throws(RPCFailure) -> JSONValue {
        let limit = params["Limit"]?.integerValue.map(Int.init) ?? Self.limitDefault
        var kept: [JSONValue] = []
        var bytes = 0
        // The first page is asked for with the client's own limit, which the engine judges.
        var asked = params
        while true {
            let page = try await engine.call(ListFlows.name, .object(asked), role: .read, waits: false)
            for flow in page["Flows"]?.arrayValue ?? [] {
                guard let name = flow["Name"]?.stringValue, grant.mayTouch(flow: name) else { continue }
                let size = flow["Definition"]?.stringValue?.utf8.count ?? 0
                if kept.count == limit || (!kept.isEmpty && bytes + size > Self.bytesMax) {
                    return ["Flows": .array(kept), "NextToken": .string(name)]
                }
                kept.append(flow)
                bytes += size
            }
            guard let next = page["NextToken"], !Task.isCancelled else { return ["Flows": .array(kept)] }
            asked["NextToken"] = next
            asked["Limit"] = .integer(Self.pageLimit)
        }
    }
}
