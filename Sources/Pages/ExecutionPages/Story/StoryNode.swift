package import FlowModel
package import Primitives

/// How a step, a branch or an iteration stands.
package enum StoryState: String, Sendable, Hashable, CaseIterable {
    /// Not reached so far.
    case ahead
    /// Something runs: its call is on the way, or steps within it run.
    case running
    /// For a time, or for a report.
    case waiting
    /// An attempt failed and the next one comes.
    case retrying
    case succeeded, failed
    /// A task failed, and the flow went on at its catch.
    case caught
    /// Was open when the execution ended.
    case stopped
    /// The execution ended, and it was never reached.
    case skipped

    package var isOpen: Bool { self == .running || self == .waiting || self == .retrying }
}

/// One try of a task.
package struct StoryAttempt: Sendable, Hashable {
    /// 0 for the first.
    package var number: Int64
    /// The event that scheduled it, which its task is named by.
    package var scheduledEventID: Int64
    package var scheduled: Timestamp
    package var submitted: Timestamp?
    package var submission: JSONValue?
    package var deadline: Timestamp?
    package var ended: Timestamp?
    /// Of the event that ended it.
    package var ending: HistoryEventType?
    package var failure: FlowFailure?
    /// When the next one begins.
    package var retryAt: Timestamp?

    package var isOpen: Bool { ended == nil }
}

/// Something of an execution that begins and ends: the execution itself, a step each time it is entered, a
/// branch, an iteration.
package struct StoryNode: Sendable {
    package enum Kind: Sendable, Hashable {
        case execution
        case step
        case branch(Int)
        case iteration(Int)
    }

    package let kind: Kind
    /// The step's name; of a branch or iteration, that of the step it belongs to.
    package let name: String
    /// The event with which it begins: what it is named by in links. 0 when that lies before what was read.
    package let eventID: Int64
    package let began: Timestamp
    package let parent: Int?
    package var ended: Timestamp?
    package var endEventID: Int64?
    package var state = StoryState.running
    package var attempts: [StoryAttempt] = []
    package var children: [Int] = []

    /// Input and local of the list it stands in, when it was entered.
    package var listInput: JSONObject?
    package var listLocal: JSONObject?
    /// The list's local behind it.
    package var localAfter: JSONObject?
    package var input: JSONObject?
    /// The event that tells the input.
    package var inputEventID: Int64?
    /// What the step itself came to, before its outputMappings: `$local` there.
    package var result: JSONValue?
    package var output: JSONObject?
    package var failure: FlowFailure?
    /// The step where it goes on, when that is not the next one.
    package var goto: String?
    /// Of a choice: the number of the condition that held, or `default`.
    package var branch: JSONValue?
    /// Of a wait.
    package var until: Timestamp?
    /// How many branches or iterations a fork has, as far as its data says.
    package var forkCount: Int?

    init(_ kind: Kind, _ name: String, eventID: Int64, began: Timestamp, parent: Int?) {
        self.kind = kind
        self.name = name
        self.eventID = eventID
        self.began = began
        self.parent = parent
    }

    package var label: String {
        switch kind {
        case .execution, .step: name
        case .branch(let index): "branch \(index)"
        case .iteration(let index): "[\(index)]"
        }
    }

    /// The execution that the step has started, if it says so.
    package var child: (flow: String, name: String)? {
        for value in [result, attempts.last?.submission] {
            if let flow = value?["FlowName"]?.stringValue, let name = value?["Name"]?.stringValue {
                return (flow, name)
            }
        }
        return nil
    }

    /// Until now while it is open.
    package func took(now: Timestamp) -> Duration { began.duration(to: ended ?? max(now, began)) }
}
