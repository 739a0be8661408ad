package import Primitives

/// Why a call gave no result.
package enum RPCFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The peer answered with an error: it knows what happened to the call.
    case answered(RPCError)
    /// No connection could be made; the call was certainly not executed.
    case unreachable(String)
    /// The connection ended before the reply; the call may or may not have been executed.
    case lost(String)
    /// The caller's own deadline passed while it waited.
    case timedOut(String)
    case canceled

    package var description: String {
        switch self {
        case .answered(let error): error.description
        case .unreachable(let reason), .lost(let reason), .timedOut(let reason): reason
        case .canceled: "the call was canceled"
        }
    }

    /// True when the peer gave no answer, so that the same call must be repeated under the same key.
    package var isUnanswered: Bool { if case .answered = self { false } else { true } }

    package var answer: RPCError? { if case .answered(let error) = self { error } else { nil } }

    /// Whether repeating the same call may help.
    package var isRetryable: Bool { answer?.retryable ?? true }

    /// As an answer to one's own caller.
    package var rpcError: RPCError {
        switch self {
        case .answered(let error): error
        case .canceled: RPCError(.canceled, description)
        default: .unavailable(description)
        }
    }
}

/// Something that carries calls to one door of one service: a socket, or a handler table in the same process.
package protocol RPCCaller: Sendable {
    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue

    /// Calls a stream method; `onItem` is awaited for each item, in order. Returns the reply that ends the
    /// stream.
    ///
    /// An error that `onItem` throws ends the stream: an `RPCFailure` is thrown on, any other becomes
    /// `.canceled`.
    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue
}

extension RPCCaller {
    package func call<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params, meta: RPCMeta = RPCMeta()
    ) async throws(RPCFailure) -> Method.Result {
        let result = try await call(Method.name, params.wire, meta: meta)
        do { return try Method.Result(wire: result, strict: false) } catch {
            throw .answered(
                RPCError(.internalFault, "the answer of \(Method.name) is not as its contract says: \(error)")
            )
        }
    }

    package func stream<Method: RPCStreamMethod>(
        _: Method.Type, _ params: Method.Params, meta: RPCMeta = RPCMeta(),
        onItem: @escaping @Sendable (Method.Item) async throws -> Void
    ) async throws(RPCFailure) -> Method.Result {
        let result = try await stream(Method.name, params.wire, meta: meta) { item in
            let typed: Method.Item
            do { typed = try Method.Item(wire: item, strict: false) } catch {
                throw RPCFailure.answered(
                    RPCError(
                        .internalFault, "an item of \(Method.name) is not as its contract says: \(error)"))
            }
            try await onItem(typed)
        }
        do { return try Method.Result(wire: result, strict: false) } catch {
            throw .answered(
                RPCError(.internalFault, "the end of \(Method.name) is not as its contract says: \(error)"))
        }
    }
}
