import BenchReport
import Glibc
import ServiceSupervisor

/// How long the first caller of a sleeping service waits: connect, start, open the empty store, reply. The
/// service is started by systemd-socket-activate, or by our supervisor where there is none.
struct ColdStart {
    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        var figures: [Figure] = []
        var worst = 0.0
        for service in try place.plan().services {
            let samples = Samples(try await rounds(service, count: quick ? 3 : 20))
            worst = max(worst, samples.p50)
            let word = figureWord(service.name)
            figures.append(Figure("cold_start_ms_\(word)", samples.p50, "ms"))
            figures.append(Figure("cold_start_max_ms_\(word)", samples.largest, "ms"))
        }
        return [Figure("cold_start_ms", worst, "ms", .atMost(20))] + figures
    }

    /// Alone in a folder of its own, so that nothing else calls it. The first start makes the store and is
    /// left out.
    private func rounds(_ service: ServiceSpec, count: Int) async throws -> [Double] {
        var plan = try place.plan(in: "cold-\(service.name)")
        var spec = service
        spec.startAtBoot = false
        plan.services = [spec]
        guard let door = spec.doors.first else { return [] }
        var times: [Double] = []
        let isActivated = SideProcess.isThere(SocketActivation.program)
        for round in 0...count {
            Progress.show("cold start: \(service.name) \(round)/\(count)")
            let reply = FirstReply(path: plan.layout.socketPath(door.socketFile))
            let took =
                isActivated && round > 0
                ? try SocketActivation(spec, plan).measure(reply) : try await supervised(plan, reply)
            if round > 0 { times.append(took.milliseconds) }
        }
        return times
    }

    private func supervised(_ plan: SupervisorPlan, _ reply: FirstReply) async throws -> Duration {
        let supervisor = try Supervisor(plan: plan)
        try supervisor.start()
        do {
            let took = try reply.measure()
            await supervisor.stop(grace: .seconds(5))
            return took
        } catch {
            await supervisor.stop(grace: .seconds(2))
            throw error
        }
    }
}
