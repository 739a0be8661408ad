import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// What the index says of open steps, without a machine, is what the machines say.
@Suite(.timeLimit(.minutes(1))) struct OpenBoardTests {
    private struct Waiting: Hashable {
        let step: String
        let state: String
        let attempt: Int64
        let event: Int64
        let deadline: Timestamp?
    }

    /// By execution, from the machines.
    private func machines(_ test: EngineUnderTest, _ names: [String]) async throws -> [Set<Waiting>] {
        var all: [Set<Waiting>] = []
        for name in names {
            let tasks = try await test.openTasks(name)
            all.append(
                Set(
                    tasks.map { task in
                        Waiting(
                            step: task.stepName, state: task.state, attempt: task.attempt,
                            event: task.scheduledEventId,
                            deadline: task.deadline.flatMap(Timestamp.init(rfc3339:)))
                    }))
        }
        return all
    }

    private func board(_ test: EngineUnderTest, _ names: [String]) async throws -> [Set<Waiting>] {
        var all: [Set<Waiting>] = []
        for name in names {
            let steps = try await test.engine.openSteps(of: name)
            all.append(
                Set(
                    steps.filter { $0.state != .waiting }.map { step in
                        Waiting(
                            step: step.name, state: Self.word(step.state), attempt: step.attempt,
                            event: step.scheduledEventID,
                            deadline: step.state == .waitingToRetry
                                ? nil : step.deadline.map { Timestamp(rfc3339: $0.description) ?? $0 })
                    }))
        }
        return all
    }

    private static func word(_ state: OpenStepState) -> String {
        switch state {
        case .delivering: "delivering"
        case .waitingForCallback: "waitingForCallback"
        case .waitingToRetry: "waitingToRetry"
        case .waiting: "waiting"
        }
    }

    /// Two branches, a loop with two places, a retry, a catch.
    private static let wide = """
        version: v1
        type: flow
        steps:
          - type: parallel
            name: both
            branches:
              - steps:
                  - type: task
                    name: ask
                    resourceArn: acs:mns:::/topics/ask/messages
                    pattern: waitForCallback
                    timeoutSeconds: 300
                    catch:
                      - errors: [Refused]
                        goto: over
                  - type: task
                    name: again
                    resourceArn: acs:mns:::/topics/ask/messages
                    pattern: waitForCallback
                    timeoutSeconds: 300
                  - type: pass
                    name: over
              - steps:
                  - type: foreach
                    name: each
                    iterationMapping:
                      collection: $.items
                      item: item
                    steps:
                      - type: task
                        name: work
                        resourceArn: acs:fc:::services/Shop/functions/work
                        retry:
                          - errors: [Busy]
                            intervalSeconds: 10
                            maxAttempts: 2
        """

    @Test func `after every commit the board agrees with the machines`() async throws {
        let test = try await EngineUnderTest()
        let busy = Gate()
        test.services.on("Work") { (_, meta) async throws(RPCError) in
            if meta.task?.attempt == 0 { throw RPCError("Busy", "not now") }
            await busy.pass()
            return [:]
        }
        try await test.apply(Self.wide)
        let names = ["a", "b", "c"]
        for name in names { try await test.begin(name, input: #"{"items":[1,2,3]}"#) }
        let engine = test.engine
        await test.loop.until {
            engine.assumeIsolated {
                $0.index.board.counts.waitingForCallback == 3 && $0.index.board.counts.retrying == 3
            }
        }
        #expect(try await board(test, names) == machines(test, names))
        let refused = try #require(try await test.openTasks("a").first { $0.stepName == "ask" }?.taskToken)
        _ = try await test.fail(refused, "Refused")
        let taken = try #require(try await test.openTasks("b").first { $0.stepName == "ask" }?.taskToken)
        _ = try await test.succeed(taken)
        await test.loop.until { engine.assumeIsolated { $0.index.board.waiting.count == 2 } }
        #expect(try await board(test, names) == machines(test, names))
        await test.loop.advance(by: .seconds(11))
        await test.loop.until { engine.assumeIsolated { $0.index.board.counts.retrying == 0 } }
        #expect(try await board(test, names) == machines(test, names))
        let before = try await board(test, names)
        let again = try await test.restarted()
        #expect(try await board(again, names) == before)
        try again.store.forgetIndex()
        let rebuilt = try await again.restarted()
        #expect(try await board(rebuilt, names) == before)
        busy.open()
    }
}

extension FlowEngineService {
    fileprivate func openSteps(of name: String) throws -> [OpenStep] {
        index.board.steps(of: try execution(name, of: "Demo", .committed).execution)
    }
}
