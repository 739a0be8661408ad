import FlowEngineAPI
import Primitives
import RPCProtocol

/// Standing still for a backup.
extension FlowEngineService {
    func holdCommits(
        _ params: HoldCommits.Params, _ sink: StreamSink<HoldCommits>
    ) async throws(RPCError) -> NoFields {
        let longest = try Int64?(params.milliseconds).inRange(1...2000, parameter: "Milliseconds") ?? 0
        guard !isHeld else {
            throw .throttled("the engine is held already by another backup", retryAfter: .seconds(1))
        }
        try await committed()
        if let broken { throw RPCError(broken) }
        isHeld = true
        let id = nextParkedID()
        let timer = loop.after(.milliseconds(longest)) { [self] in assumeIsolated { $0.unpark(id) } }
        let error: RPCError?
        do throws(RPCError) {
            try sink.send(.with { $0.sequence = committedSequence })
            error = await park(id)
        } catch let gone {
            error = gone
        }
        timer.cancel()
        isHeld = false
        if isCommitScheduled { commit() }
        if let error { throw error }
        return NoFields()
    }
}
