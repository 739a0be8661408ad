import Primitives
import RPCProtocol

/// A client that asks again until it is answered.
struct PatientClient {
    let around: SimulatedSurroundings

    var loop: SimulatedLoop { around.loop }

    func pause(_ microseconds: Int64) async {
        await withCheckedContinuation { continuation in
            _ = loop.after(.microseconds(microseconds)) { continuation.resume() }
        }
    }

    /// The answer, or the refusal that no repetition would change.
    func insist<Method: RPCMethod>(
        _ method: Method.Type, _ params: Method.Params, at service: String, through door: RPCDoor,
        key: String? = nil, deadlineMs: Int64? = nil
    ) async -> Result<Method.Result, RPCError> {
        let caller = around.caller(service, door)
        var wait: Int64 = 100_000
        while true {
            let meta = RPCMeta(deadlineMs: deadlineMs, idempotencyKey: key)
            do throws(RPCFailure) {
                return .success(try await caller.call(method, params, meta: meta))
            } catch {
                if let answer = error.answer, !answer.mayPass { return .failure(answer) }
                await pause(wait)
                wait = min(2 * wait, 5_000_000)
            }
        }
    }
}

extension RPCError {
    /// Whether the same call may be answered otherwise later.
    var mayPass: Bool {
        retryable
            || [.internalFault, .deadlineExceeded, .canceled, .resourceThrottled, .serviceUnavailable]
                .contains(name)
    }
}
