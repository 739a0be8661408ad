import Dispatch

/// Runs what waits in system calls on a thread of its own, so that it holds up no task.
func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "fnf-bench").async { continuation.resume(with: Result { try body() }) }
    }
}
