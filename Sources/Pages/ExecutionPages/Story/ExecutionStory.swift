package import FlowDefinition
package import FlowModel
package import Primitives

/// What happened in an execution, as of one of its events: every step each time it was entered, with what it
/// was given, tried and gave.
///
/// Made of the definition and the events alone. Any part of a history makes a story: what began before it is
/// taken up where it is first heard of.
package struct ExecutionStory: Sendable {
    /// In the order in which they began; the execution is the first.
    package internal(set) var nodes: [StoryNode]
    /// The event it is told up to; 0 for none.
    package internal(set) var lastEventID: Int64 = 0
    package internal(set) var lastTime: Timestamp
    package internal(set) var status = ExecutionStatus.starting
    package internal(set) var output: JSONObject?
    package internal(set) var failure: FlowFailure?
    package let definition: FlowDefinition

    /// The thread of control of each event, by the event that entered it; 0 for the flow's own.
    var threads: [Int64: Int64] = [:]
    var parentThreads: [Int64: Int64] = [:]
    /// What is open in each thread, innermost last.
    var open: [Int64: [Int]] = [:]
    let steps: [String: Step]

    /// - Parameter upTo: the last event to be told; nil: all.
    package init(
        _ definition: FlowDefinition, _ events: some Sequence<HistoryEvent>, title: String = "",
        upTo last: Int64? = nil
    ) {
        self.definition = definition
        steps = Dictionary(definition.allSteps.map { ($0.name, $0) }) { first, _ in first }
        var begun = false
        nodes = []
        lastTime = Timestamp(microseconds: 0)
        for event in events {
            if let last, event.eventID > last { break }
            if !begun {
                begun = true
                nodes = [
                    StoryNode(.execution, title, eventID: event.eventID, began: event.time, parent: nil)
                ]
                status = .running
            }
            note(event)
            lastEventID = event.eventID
            lastTime = event.time
        }
        settle()
    }

    package var execution: StoryNode? { nodes.first }

    package func step(_ name: String) -> Step? { steps[name] }

    /// Each time the step was entered, the latest last.
    package func runs(of name: String) -> [Int] {
        nodes.indices.filter { nodes[$0].kind == .step && nodes[$0].name == name }
    }

    /// How each step of the definition stands: as it did last, or what is open of it.
    package var states: [String: StoryState] {
        var states: [String: StoryState] = [:]
        for node in nodes where node.kind == .step {
            if let known = states[node.name], Self.weight(known) > Self.weight(node.state) { continue }
            states[node.name] = node.state
        }
        let missed: StoryState = status.isTerminal ? .skipped : .ahead
        for name in steps.keys where states[name] == nil { states[name] = missed }
        return states
    }

    /// Of several iterations in one step, what asks for attention counts.
    private static func weight(_ state: StoryState) -> Int {
        switch state {
        case .failed: 5
        case .retrying: 4
        case .running: 3
        case .waiting: 2
        default: 0
        }
    }

    /// The chain from the execution down to the node, itself included.
    package func path(to node: Int) -> [Int] {
        var path: [Int] = []
        var place: Int? = node
        while let index = place {
            path.append(index)
            place = nodes[index].parent
        }
        return path.reversed()
    }

    /// The innermost node that caused the end of a failed execution: where it went wrong.
    package var failedNode: Int? {
        nodes.indices.last {
            nodes[$0].kind == .step && nodes[$0].state == .failed
                && nodes[$0].children.allSatisfy {
                    nodes[$0].state != .failed
                }
        }
    }
}
