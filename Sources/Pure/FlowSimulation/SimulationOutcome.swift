package import FlowModel
package import Primitives

/// What a simulation came to.
package struct SimulationOutcome: Sendable, Equatable {
    package let ending: SimulationEnding
    /// `Running` unless the ending is `ended`.
    package let status: ExecutionStatus
    /// Of an execution that succeeded.
    package let output: JSONValue?
    package let failure: FlowFailure?
    package let events: [HistoryEvent]
    /// Virtual time, from the start to the last event.
    package let duration: Duration

    /// The steps in the order in which they were entered, a repeated one each time.
    package var path: [String] { events.filter { $0.type == .stepEntered }.map(\.stepName) }

    /// `TaskSucceeded payment`, `ExecutionSucceeded`
    package var lines: [String] {
        events.map { $0.stepName.isEmpty ? $0.type.rawValue : "\($0.type.rawValue) \($0.stepName)" }
    }
}
