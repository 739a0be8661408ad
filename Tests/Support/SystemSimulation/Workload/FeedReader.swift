import FlowEngineAPI
import Primitives
import RPCProtocol

/// Follows the engine's feed of starts and ends, from its cursor on after each interruption.
final class FeedReader: @unchecked Sendable { // touched by the one thread of the simulation only
    private let client: PatientClient
    private let system: SimulatedSystem
    private var cursor: Int64 = 0
    private(set) var items: [Int64: String] = [:]

    init(_ client: PatientClient, _ system: SimulatedSystem) {
        self.client = client
        self.system = system
    }

    func live() async {
        let caller = client.around.caller(ServiceName.engine, .client)
        while true {
            let params = WatchExecutions.Params.with { $0.afterSequence = cursor }
            do throws(RPCFailure) {
                _ = try await caller.stream(WatchExecutions.self, params) { self.take($0) }
            } catch {
                if error.answer?.name == .invalidArgument {
                    system.fail("the feed does not know \(cursor), which it has told")
                }
            }
            await client.pause(500_000)
        }
    }

    private func take(_ item: WatchExecutions.Item) {
        guard item.sequence > cursor else {
            return system.fail("the feed tells \(item.sequence) after \(cursor)")
        }
        cursor = item.sequence
        items[item.sequence] = "\(item.flowName)/\(item.executionName) \(item.status)"
    }
}
