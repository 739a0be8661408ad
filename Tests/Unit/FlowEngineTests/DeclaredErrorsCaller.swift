import Primitives
import RPCProtocol
import Testing

/// Calls the engine in this process, and finds fault with every refusal that the method's contract does not
/// name.
struct DeclaredErrorsCaller: RPCCaller {
    private let table: HandlerTable
    private let caller: InProcessCaller

    init(_ table: HandlerTable, door: RPCDoor) {
        self.table = table
        caller = InProcessCaller(table, door: door)
    }

    /// What any method may answer.
    private static let common: Set<RPCErrorName> = [
        .invalidParams, .methodNotFound, .accessDenied, .resourceThrottled, .serviceUnavailable, .canceled,
        .internalFault, .invalidRequest, .slowConsumer,
    ]

    private func check(_ failure: RPCFailure, of method: String) {
        guard let name = failure.answer?.name, !Self.common.contains(name) else { return }
        let declared = table.entries[method]?.description.json["errors"]?.arrayValue ?? []
        if !declared.contains(where: { $0["message"]?.stringValue == name.text }) {
            Issue.record("\(method) answers \(name.text), which its contract does not declare")
        }
    }

    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        do throws(RPCFailure) { return try await caller.call(method, params, meta: meta) } catch {
            check(error, of: method)
            throw error
        }
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        do throws(RPCFailure) {
            return try await caller.stream(method, params, meta: meta, onItem: onItem)
        } catch {
            check(error, of: method)
            throw error
        }
    }
}
