import RPCProtocol

/// Repeats a call under the same key until it is answered, as every client of the protocol must.
@discardableResult
func persistently<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    var last: (any Error)?
    for _ in 0..<100 {
        do { return try await body() } catch let failure as RPCFailure where failure.isRetryable {
            last = failure
        }
    }
    throw GaveUp(last: "\(last.map { "\($0)" } ?? "")")
}

struct GaveUp: Error { let last: String }
