import FlowEngineAPI
import Primitives
import RPCProtocol

/// The feed of counts: told at once after a quiet time, then at most so often.
extension FlowEngineService {
    func watchActivity(_ sink: StreamSink<WatchActivity>) async throws(RPCError) -> NoFields {
        await settle()
        try sink.send(activity)
        let id = nextParkedID()
        console.followers[id] = sink
        let error = await park(id)
        console.followers[id] = nil
        if let error { throw error }
        return NoFields()
    }

    /// Something was committed.
    func noteActivity() {
        guard !console.followers.isEmpty else { return }
        if console.pause == nil { tellActivity() } else { console.isChanged = true }
    }

    private func tellActivity() {
        console.isChanged = false
        let now = activity
        if now.hasSameCounts(as: console.told) { return }
        console.told = now
        for (id, sink) in console.followers {
            do throws(RPCError) { try sink.send(now) } catch {
                unpark(id, error)
                console.followers[id] = nil
            }
        }
        console.pause = loop.after(settings.activityPause) { [self] in
            assumeIsolated { engine in
                engine.console.pause = nil
                if engine.console.isChanged, !engine.isDraining { engine.tellActivity() }
            }
        }
    }
}

extension ActivitySummary {
    fileprivate func hasSameCounts(as other: ActivitySummary?) -> Bool {
        guard var other else { return false }
        other.time = time
        return self == other
    }
}
