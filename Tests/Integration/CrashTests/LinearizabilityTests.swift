import FlowEngineAPI
import Foundation
import Linearizability
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    /// Several programs start, report to, stop and look at the same executions while the engine is killed and
    /// stopped at random; what they saw must have been possible one call at a time.
    ///
    /// `FNF_LINEARIZABILITY_SECONDS` makes it longer, `FNF_LINEARIZABILITY_SEED` repeats the choices.
    @Suite(.serialized) struct LinearizabilityTests {
        private static let flow = """
            version: v1
            type: flow
            steps:
              - type: task
                name: ask
                resourceArn: acs:mns:::/queues/asked/messages
                pattern: waitForCallback
            """

        private static func number(_ name: String) -> UInt64? {
            ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
        }

        @Test func `a token is accepted once, a start makes one execution, and nobody reads what is not so`()
            async throws
        {
            let seed = Self.number("FNF_LINEARIZABILITY_SEED") ?? UInt64.random(in: 1...999_999)
            let seconds = Self.number("FNF_LINEARIZABILITY_SECONDS") ?? 20
            print("linearizability: seed \(seed), \(seconds) s")
            try await FnfSystem.run { system in
                let admin = system.caller(.flowEngine, .admin)
                _ = try await admin.call(
                    CreateFlow.self,
                    .with {
                        $0.name = SharedExecutions.flow
                        $0.definition = Self.flow
                    })
                _ = try await admin.call(CreateQueue.self, .with { $0.queueName = "asked" })
                let shared = SharedExecutions(seed: seed, end: .now + .seconds(Int64(seconds)))
                await withTaskGroup(of: Void.self) { group in
                    for client in 0..<6 {
                        let program = ExecutionProgram(client, system, shared)
                        group.addTask { await program.run() }
                    }
                    group.addTask { await EngineTrouble(system, shared).run() }
                }
                try judge(shared, seed)
            }
        }

        private func judge(_ shared: SharedExecutions, _ seed: UInt64) throws {
            let histories = shared.histories
            var (calls, unanswered) = (0, 0)
            for (name, history) in histories.sorted(by: { $0.key < $1.key }) {
                calls += history.count
                unanswered += history.count { $0.answer == nil }
                switch LinearizabilityCheck(ExecutionModel(), history).verdict {
                case .linearizable: continue
                case .undecided: Issue.record("seed \(seed): \(name): undecided over \(history.count) calls")
                case .impossible(let longest):
                    let rest = history.indices.filter { !longest.contains($0) }.map { "\(history[$0])" }
                    Issue.record(
                        "seed \(seed): \(name): \(longest.map { "\(history[$0])" }), then none of \(rest)")
                }
            }
            print(
                "linearizability: \(calls) calls of \(histories.count) executions, \(unanswered) unanswered, "
                    + "\(shared.kills) kills, \(shared.stops) stops; \(shared.surprises.count) surprises")
            #expect(histories.count > 20 && calls > 500)
            #expect(shared.kills > 0 && shared.stops > 0)
            #expect(shared.surprises.isEmpty, "seed \(seed): \(shared.surprises.prefix(5))")
        }
    }
}
