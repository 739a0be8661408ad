package import FlowModel

/// Where a simulation ends that does not end by itself, and when it is stopped on purpose.
package struct SimulationBounds: Sendable, Equatable {
    /// A StopExecution of the case's author.
    package struct Stop: Sendable, Equatable {
        package let after: Duration
        package let failure: FlowFailure?

        package init(after: Duration, failure: FlowFailure? = nil) {
            self.after = after
            self.failure = failure
        }
    }

    package static let standard = SimulationBounds()

    package var eventsMax = 100_000
    /// Virtual time, from the start of the execution: ten years.
    package var durationMax = Duration.seconds(3660 * 86_400)
    package var stop: Stop?

    package init() {}
}

/// How a simulation came to its end.
package enum SimulationEnding: Sendable, Equatable {
    /// The execution ended; its status says how.
    case ended
    /// These steps wait for what will never come, and no timeout bounds them.
    case waitsForever(steps: [String])
    /// A task was called that no mock answers.
    case notMocked(step: String, resourceArn: String)
    case tooManyEvents(Int)
    case tooLong(Duration)
}

extension SimulationEnding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ended: "the execution ended"
        case .waitsForever(let steps):
            "\(steps.joined(separator: ", ")) would wait forever: no result comes and no timeout bounds it"
        case .notMocked(let step, let arn):
            "the task \(step) has no mock; add one for the step, for the resource \(arn), or a default"
        case .tooManyEvents(let count): "the history grew beyond \(count) events"
        case .tooLong(let duration): "it took longer than \(duration.components.seconds / 86_400) days"
        }
    }
}
