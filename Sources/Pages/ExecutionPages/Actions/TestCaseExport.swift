import FlowDefinition
import FlowModel
import FlowSimulation
package import Primitives

/// An ended execution as a test file for `fnfctl flow test`: mocks that do what the services did, and what
/// came of it.
///
/// What the simulator does not bring about again, such as the order of things that happened at one time, is
/// left out and said so: the file passes when it is run.
package struct TestCaseExport: Sendable {
    private let story: ExecutionStory
    private let flow: String
    private let execution: String
    private let input: JSONObject

    package init(_ story: ExecutionStory, flow: String, execution: String, input: JSONObject) {
        self.story = story
        self.flow = flow
        self.execution = execution
        self.input = input
    }

    /// The file's text.
    package var text: String {
        let (kept, dropped) = checked()
        var lines = [
            "# Execution \(execution) of flow \(flow), as it went. The definition it ran is \(flow).yaml:",
            "#   fnfctl flow test \(execution.filter { $0 != ":" }).test.yaml",
        ]
        lines += dropped.map { "# Not expected, since virtual time brings it about otherwise: \($0)." }
        lines += ["flow: \(quoted("\(flow).yaml"))", "", "cases:", "  - name: \(quoted(execution))"]
        lines.append("    input: \(yaml(.object(input)))")
        lines += mockLines
        if let stop {
            let failure =
                stop.failure.map { ", error: \(quoted($0.error)), cause: \(quoted($0.cause))" } ?? ""
            lines.append("    stop: {after: \(milliseconds(stop.after))\(failure)}")
        }
        lines += ["    expect:"] + kept.map { "      \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

// MARK: - What is expected

extension TestCaseExport {
    private typealias Claim = (line: String, name: String, expectation: Expectation)

    private func claim(
        _ key: String, _ value: String, _ name: String, _ change: (inout Expectation) -> Void
    ) -> Claim {
        var expectation = Expectation()
        expectation.status = story.status
        change(&expectation)
        return ("\(key): \(value)", name, expectation)
    }

    private var claims: [Claim] {
        var claims = [claim("status", story.status.rawValue, "the status") { _ in }]
        if let output = story.output {
            let output = simulated(.object(output))
            claims.append(claim("output", yaml(output), "the output") { $0.output = output })
        }
        if let failure = story.failure {
            claims.append(claim("error", quoted(failure.error), "the error") { $0.error = failure.error })
            claims.append(claim("cause", quoted(failure.cause), "the cause") { $0.cause = failure.cause })
        }
        let path = story.nodes.filter { $0.kind == .step }.map(\.name)
        let names = path.map(quoted).joined(separator: ", ")
        claims.append(claim("path", "[\(names)]", "the order of the steps") { $0.path = path })
        return claims
    }

    /// Runs the case as `fnfctl flow test` will.
    private func checked() -> (kept: [String], dropped: [String]) {
        var bounds = SimulationBounds()
        bounds.stop = stop
        let mocks = Mocks(steps: answers.mapValues { Mock(sequence: $0) })
        var simulation = Simulation(story.definition, tasks: MockedTasks(mocks), bounds: bounds)
        let outcome = simulation.run(input: input)
        let claims = self.claims
        let kept = claims.filter { $0.expectation.differences(from: outcome).isEmpty }.map(\.line)
        let dropped = claims.filter { !$0.expectation.differences(from: outcome).isEmpty }.map(\.name)
        return (kept.isEmpty ? ["status: \(outcome.status.rawValue)"] : kept, dropped)
    }

    private var stop: SimulationBounds.Stop? {
        guard story.status == .stopped, let whole = story.execution, let ended = whole.ended else {
            return nil
        }
        return SimulationBounds.Stop(after: whole.began.duration(to: ended), failure: story.failure)
    }
}

// MARK: - What the tasks did

extension TestCaseExport {
    /// One for each attempt of a step, in the order in which they were scheduled.
    private var answers: [String: [MockAnswer]] {
        var attempts: [(step: String, attempt: StoryAttempt, result: JSONValue?)] = []
        for node in story.nodes where node.kind == .step {
            for attempt in node.attempts {
                attempts.append(
                    (node.name, attempt, attempt.ending == .taskSucceeded ? node.result : nil))
            }
        }
        attempts.sort { $0.attempt.scheduledEventID < $1.attempt.scheduledEventID }
        var answers: [String: [MockAnswer]] = [:]
        for (step, attempt, result) in attempts {
            answers[step, default: []].append(answer(attempt, result))
        }
        return answers
    }

    private func answer(_ attempt: StoryAttempt, _ result: JSONValue?) -> MockAnswer {
        var answer = MockAnswer(.never)
        answer.submission = .never
        if let submitted = attempt.submitted {
            answer.submission = .accepted(simulated(attempt.submission ?? .object(JSONObject())))
            answer.submissionDelay = attempt.scheduled.duration(to: submitted)
        }
        guard let ended = attempt.ended else { return answer }
        let delay = attempt.scheduled.duration(to: ended)
        switch attempt.ending {
        case .taskSucceeded:
            answer.ending = .result(simulated(result ?? .object(JSONObject())))
            answer.delay = delay
        case .taskFailed:
            answer.ending = attempt.failure.map { .failure($0) } ?? .never
            answer.delay = delay
        case .taskSubmitFailed:
            answer.submission = attempt.failure.map { .refused($0) } ?? .never
            answer.submissionDelay = delay
        default: break
        }
        return answer
    }

    private var mockLines: [String] {
        let answers = self.answers
        guard !answers.isEmpty else { return [] }
        var lines = ["    mocks:", "      steps:"]
        for (step, sequence) in answers.sorted(by: { $0.key < $1.key }) {
            lines.append("        \(quoted(step)):")
            lines += sequence.map { "          - \(text(of: $0, of: step))" }
        }
        return lines
    }

    private func text(of answer: MockAnswer, of step: String) -> String {
        var parts: [String] = []
        switch answer.ending {
        case .result(let value): parts.append("result: \(yaml(value))")
        case .failure(let failure):
            parts.append("error: \(quoted(failure.error)), cause: \(quoted(failure.cause))")
        case .never: parts.append("never: true")
        }
        if answer.delay > .zero { parts.append("delay: \(milliseconds(answer.delay))") }
        guard case .task(let task) = story.step(step)?.body, task.pattern.waitsForReport else {
            return "{\(parts.joined(separator: ", "))}"
        }
        var submission: [String] = []
        switch answer.submission {
        case .accepted(let value): submission.append("result: \(yaml(value))")
        case .refused(let failure):
            submission.append("error: \(quoted(failure.error)), cause: \(quoted(failure.cause))")
        case .never: submission.append("never: true")
        }
        if answer.submissionDelay > .zero {
            submission.append("delay: \(milliseconds(answer.submissionDelay))")
        }
        parts.append("submission: {\(submission.joined(separator: ", "))}")
        return "{\(parts.joined(separator: ", "))}"
    }

    private func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        return "\(max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000))ms"
    }

    /// Tokens as the simulator makes them, by the event that scheduled the attempt.
    private func simulated(_ value: JSONValue) -> JSONValue {
        TokenText.replaced(in: value) { token in
            token.flow == flow && token.execution == execution
                ? "simulated-token-\(token.scheduledEventID)" : nil
        }
    }

    /// JSON is YAML, but for what YAML readers refuse to see as it is.
    private func yaml(_ value: JSONValue) -> String {
        var text = ""
        for scalar in value.text.unicodeScalars {
            switch scalar.value {
            case 0x7F...0xA0: text += "\\x\(String(scalar.value, radix: 16))"
            case 0x2028, 0x2029, 0xFEFF: text += "\\u\(String(scalar.value, radix: 16))"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private func quoted(_ text: String) -> String { yaml(.string(text)) }
}
