package import Primitives
package import RPCProtocol

/// Calls the engine through its doors, and takes a call that meets the end of its process to the next one.
package final class EngineCallers: EnginePort {
    private let lanes: EngineLanes
    private let limits: EngineLimits
    private let world: any World
    private let loop: any ServiceLoop

    /// - Parameter connect: makes a caller with a connection of its own.
    package init(
        limits: EngineLimits = EngineLimits(), world: any World, loop: any ServiceLoop, metrics: MetricSet,
        connect: @escaping @Sendable (RPCDoor) -> any RPCCaller
    ) {
        let lanes = EngineLanes(limits: limits, connect: connect)
        self.lanes = lanes
        self.limits = limits
        self.world = world
        self.loop = loop
        metrics.gauge("fnf_web_engine_waits", "Calls to the engine that wait for a fact") {
            Int64(lanes.waits)
        }
    }

    /// Calls that wait, and the connections they use.
    package var waits: (calls: Int, connections: Int) { (lanes.waits, lanes.waitingConnections) }

    package func call(
        _ method: String, _ params: JSONValue, role: AccessGrant.Role, waits: Bool
    ) async throws(RPCFailure) -> JSONValue {
        let door: RPCDoor = role == .admin ? .admin : .client
        guard waits else { return try await call(method, params, lanes.working(door), waits: false) }
        guard let lane = lanes.enter(door) else {
            throw .answered(
                .throttled(
                    "\(limits.waitsMax) requests wait, as many as there may be (waitsMax)",
                    retryAfter: .seconds(1)))
        }
        defer { lanes.leave(lane) }
        return try await call(method, params, lane.caller, waits: true)
    }

    private func call(
        _ method: String, _ params: JSONValue, _ caller: any RPCCaller, waits: Bool
    ) async throws(RPCFailure) -> JSONValue {
        let timeout = waits ? limits.waitTimeout : limits.answerTimeout
        let meta = RPCMeta(
            deadlineMs: timeout.components.seconds * 1000, idempotencyKey: makeUUID(from: world))
        var repeated = RepeatedCall(method, params, since: world.now)
        while true {
            do throws(RPCFailure) {
                return try await caller.call(method, repeated.params, meta: meta)
            } catch {
                if Task.isCancelled { throw .canceled }
                if repeated.isDone(error) {
                    guard let lookup = repeated.lookup else { return [:] }
                    return try await caller.call(lookup.method, lookup.params, meta: meta)
                }
                guard repeated.mayFollow(error, at: world.now, limits) else { throw error }
                await loop.pause(limits.pause)
                repeated.shorten(at: world.now)
            }
        }
    }
}

extension ServiceLoop {
    func pause(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            _ = after(duration) { continuation.resume() }
        }
    }
}
