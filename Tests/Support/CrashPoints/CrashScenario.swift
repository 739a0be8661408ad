import FlowEngineAPI
import Primitives
import RPCProtocol

/// Something that clients do with the services, from the first call to the last answer.
package struct CrashScenario: Sendable {
    typealias Act = @Sendable (PersistentClient) async throws(RPCError) -> Void

    package let name: String
    /// Put in before anything fails, by name.
    var flows: [(name: String, definition: String)] = []
    var answers: [String: [TaskAnswer]] = [:]
    /// Whether steps run side by side, so that a fault may change their order.
    var isConcurrent = false
    /// Whether the disk is empty at the beginning, and the faults come while it is filled too.
    var beginsEmpty = false
    var runsOrders = false
    /// Before anything fails.
    var prepare: Act = { _ in }
    var play: Act
    /// After the end: what must hold besides, in words where it does not.
    var verify: @Sendable (PersistentClient) async throws(RPCError) -> [String] = { _ in [] }
    /// Executions that `play` starts itself and clients know.
    var executions: [(flow: String, name: String)] = []

}

extension CrashScenario {
    /// One execution of one flow, followed to its end.
    static func flow(
        _ name: String, _ definition: String, input: String = "{}", answers: [String: [TaskAnswer]] = [:],
        isConcurrent: Bool = false, others: [(name: String, definition: String)] = []
    ) -> CrashScenario {
        CrashScenario(
            name: name, flows: others + [("Demo", definition)], answers: answers, isConcurrent: isConcurrent,
            play: { (client) async throws(RPCError) in
                try await client.start("Demo", "run", input: input)
                await client.follow("Demo", "run")
            }, executions: [("Demo", "run")])
    }
}
