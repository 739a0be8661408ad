import LoopSupport

extension TestLoop {
    /// Runs all bodies in one turn of the loop, each until it waits.
    func together<Value: Sendable>(_ bodies: [@Sendable () async throws -> Value]) async throws -> [Value] {
        let tasks = try await run {
            bodies.map { body in Task(executorPreference: self) { try await body() } }
        }
        var values: [Value] = []
        for task in tasks { values.append(try await task.value) }
        return values
    }
}
