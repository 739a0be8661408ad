import ServiceSupervisor

/// How long the first caller of a sleeping service waits: connect, start, open the empty store, reply.
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
        return [Figure("cold_start_ms", worst, "ms")] + figures
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
        for round in 0...count {
            Progress.show("cold start: \(service.name) \(round)/\(count)")
            let supervisor = try Supervisor(plan: plan)
            try supervisor.start()
            let took: Duration
            do { took = try FirstReply(path: plan.layout.socketPath(door.socketFile)).measure() } catch {
                await supervisor.stop(grace: .seconds(2))
                throw error
            }
            await supervisor.stop(grace: .seconds(5))
            if round > 0 { times.append(took.milliseconds) }
        }
        return times
    }
}
