import Primitives
import RPCProtocol

/// Calls that meet the end of a service's process and are asked again of the next.
struct PatientCalls: Sendable {
    let world: any World
    let loop: any ServiceLoop
    let limits: EngineLimits

    /// - Parameter key: by which the service knows a repeat; nil where the params name what they are about.
    func call<Method: RPCMethod>(
        _ caller: any RPCCaller, _: Method.Type, _ params: Method.Params, key: String? = nil
    ) async throws(RPCFailure) -> Method.Result {
        let meta = RPCMeta(
            deadlineMs: limits.answerTimeout.components.seconds * 1000, idempotencyKey: key)
        var repeated = RepeatedCall(Method.name, params.wire, since: world.now)
        while true {
            do throws(RPCFailure) { return try await caller.call(Method.self, params, meta: meta) } catch {
                guard repeated.mayFollow(error, at: world.now, limits) else { throw error }
                await loop.pause(limits.pause)
                if Task.isCancelled { throw .canceled }
            }
        }
    }
}
