package import FlowDefinition
package import FlowModel
package import Primitives

/// What becomes of one call of a mocked task.
package struct MockAnswer: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        case result(JSONValue)
        case failure(FlowFailure)
        /// Nothing is ever heard: the task's timeout decides, or the flow's.
        case never
    }

    /// What the service says to the request of a task whose result is reported later.
    package enum Submission: Sendable, Equatable {
        case accepted(JSONValue)
        case refused(FlowFailure)
        /// The service never says anything; a report may still come.
        case never
    }

    package var ending: Ending
    /// From the call to its ending, in virtual time.
    package var delay: Duration
    /// Means nothing for `pattern: requestResponse`.
    package var submission: Submission
    package var submissionDelay: Duration

    package init(
        _ ending: Ending, after delay: Duration = .zero,
        submission: Submission = .accepted(.object(JSONObject())),
        submittedAfter submissionDelay: Duration = .zero
    ) {
        self.ending = ending
        self.delay = delay
        self.submission = submission
        self.submissionDelay = submissionDelay
    }
}

/// The answers of one mocked task.
package struct Mock: Sendable, Equatable {
    /// Holds for the calls whose input fulfils the condition, before any of `sequence`.
    package struct Rule: Sendable, Equatable {
        package let condition: Condition
        package let answer: MockAnswer

        package init(condition: Condition, answer: MockAnswer) {
            self.condition = condition
            self.answer = answer
        }
    }

    package var rules: [Rule]
    /// One for each call of the step, retries and repeated entries alike; the last one for all further ones.
    package var sequence: [MockAnswer]

    package init(rules: [Rule] = [], sequence: [MockAnswer]) {
        self.rules = rules
        self.sequence = sequence
    }
}

/// Mocked tasks by step name, by resource, and for all others; looked up in this order.
package struct Mocks: Sendable, Equatable {
    package struct ResourceMock: Sendable, Equatable {
        package let pattern: ResourcePattern
        package let mock: Mock

        package init(pattern: ResourcePattern, mock: Mock) {
            self.pattern = pattern
            self.mock = mock
        }
    }

    /// Every task succeeds at once with an empty object.
    package static let empty = Mocks(fallback: Mock(sequence: [MockAnswer(.result(.object(JSONObject())))]))

    package var steps: [String: Mock]
    /// The first whose pattern matches.
    package var resources: [ResourceMock]
    package var fallback: Mock?

    package init(steps: [String: Mock] = [:], resources: [ResourceMock] = [], fallback: Mock? = nil) {
        self.steps = steps
        self.resources = resources
        self.fallback = fallback
    }

    /// These mocks where `other` has none.
    package func overridden(by other: Mocks) -> Mocks {
        Mocks(
            steps: steps.merging(other.steps) { $1 }, resources: other.resources + resources,
            fallback: other.fallback ?? fallback)
    }

    package func mock(step: String, resourceArn: String) -> Mock? {
        if let mock = steps[step] { return mock }
        if let name = try? ResourceName(resourceArn),
            let found = resources.first(where: { $0.pattern.matches(name) })
        {
            return found.mock
        }
        return fallback
    }
}
