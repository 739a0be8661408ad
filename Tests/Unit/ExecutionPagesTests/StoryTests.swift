import FlowCore
import FlowDefinition
import FlowModel
import FlowOracle
import FlowSimulation
import Primitives
import Testing

@testable import ExecutionPages

/// Stories of what the machine really did.
struct StoryTests {
    static let runs = RandomRun.some(0..<150)

    @Test func `at every event of random runs a story agrees with the machine`() throws {
        #expect(Self.runs.count > 100)
        var told = 0
        for run in Self.runs {
            var machine = try run.machine(at: 0)
            for event in run.outcome.events {
                try machine.apply([event])
                let story = ExecutionStory(run.definition, run.outcome.events, upTo: event.eventID)
                told += 1
                #expect(story.lastEventID == event.eventID)
                #expect(story.status == machine.status, "\(run.text)")
                let attempts = story.nodes.flatMap(\.attempts)
                let open = story.status.isTerminal ? [] : attempts.filter(\.isOpen).map(\.scheduledEventID)
                #expect(open.sorted() == machine.openTasks.map(\.scheduledEventID), "\(run.text)")
                let retrying = story.nodes.filter {
                    $0.state == .retrying && !$0.attempts.isEmpty && !story.status.isTerminal
                }
                #expect(retrying.count == machine.pendingRetries.count, "\(run.text)")
                check(story)
            }
        }
        #expect(told > 2_000)
    }

    /// What must hold of each story, whatever happened.
    private func check(_ story: ExecutionStory) {
        for (index, node) in story.nodes.enumerated() {
            if let ended = node.ended { #expect(ended >= node.began) }
            #expect(node.children.allSatisfy { $0 > index && story.nodes[$0].parent == index })
            if story.status.isTerminal { #expect(!node.state.isOpen) }
        }
        #expect(Set(story.states.keys) == Set(story.definition.allSteps.map(\.name)))
        let hasAhead = story.states.values.contains(.ahead)
        #expect(!story.status.isTerminal || !hasAhead)
    }

    @Test func `the end of a story is the end of the execution`() {
        for run in Self.runs {
            let story = ExecutionStory(run.definition, run.outcome.events)
            #expect(story.status == run.outcome.status)
            #expect(story.output.map(JSONValue.object) == run.outcome.output)
            #expect(story.failure == run.outcome.failure)
            #expect(story.nodes.filter { $0.kind == .step }.map(\.name) == run.outcome.path)
        }
    }

    @Test func `a step's output is what it changes in its list`() {
        var seen = 0
        for run in Self.runs {
            let story = ExecutionStory(run.definition, run.outcome.events)
            for node in story.nodes {
                guard let before = node.listLocal, let output = node.output, let after = node.localAfter
                else {
                    continue
                }
                seen += 1
                #expect(before.merging(output) == after, "\(node.name) of \(run.text)")
            }
        }
        #expect(seen > 300)
    }

    @Test func `the traces of all mappings together are the input and the output`() {
        var seen: [MappingTrace.Part: Int] = [:]
        for run in Self.runs {
            let story = ExecutionStory(run.definition, run.outcome.events)
            for node in story.nodes where node.kind == .step {
                guard let step = story.step(node.name) else { continue }
                let traces = MappingTrace.traces(of: node, step)
                for part in MappingTrace.Part.allCases {
                    let made = traces.filter { $0.part == part }
                    guard !made.isEmpty else { continue }
                    let expected = part == .input ? node.input : node.output
                    guard let expected else { continue }
                    seen[part, default: 0] += 1
                    let object = JSONObject(made.compactMap { one in one.value.map { (one.target, $0) } })
                    #expect(object == expected, "\(part) of \(node.name) in \(run.text)")
                }
            }
        }
        #expect(MappingTrace.Part.allCases.allSatisfy { seen[$0, default: 0] > 5 }, "\(seen)")
    }

    @Test func `a history with a gap is told without its beginning`() {
        for run in Self.runs where run.outcome.events.count > 12 {
            let events = run.outcome.events
            for hole in stride(from: 2, to: events.count - 4, by: 5) {
                let story = ExecutionStory(
                    run.definition, events.prefix(hole) + events.dropFirst(hole + 3))
                #expect(story.status == run.outcome.status)
            }
        }
    }

    @Test func `what is read briefly is told as what was decided`() throws {
        for run in Self.runs.prefix(60) {
            var machine = try run.machine(at: 0)
            let stored = try run.outcome.events.storedAndRead
            let story = ExecutionStory(run.definition, try machine.apply(stored))
            let whole = ExecutionStory(run.definition, run.outcome.events)
            #expect(story.nodes.map(\.output) == whole.nodes.map(\.output))
            #expect(story.nodes.map(\.listLocal) == whole.nodes.map(\.listLocal))
        }
    }
}
