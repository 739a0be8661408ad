import FlowModel
import FlowSimulation
package import Primitives

/// A random flow for a whole system: its data and the answers of its services decide how it ends, not how long
/// anything takes. So the oracle knows the history whatever delays, kills and repeats do to it.
package struct SteadyCase: Sendable {
    package let flow: String
    package let execution: String
    /// The definition.
    package let text: String
    package let input: JSONObject
    package let behaviour: TaskBehaviour
    let plain: PlainFlow
    let verdict: OracleVerdict

    /// - Parameter iterationsAtOnceMax: as the engine has it.
    /// - Parameter mayTimeOut: gives the flow as a whole a timeout, and then that end is as good as any other.
    package init?(
        seed: UInt64, flow: String, execution: String, iterationsAtOnceMax: Int, eventsMax: Int,
        mayTimeOut: Bool
    ) {
        var generator = FlowGenerator(seed: seed)
        var plain = generator.flow()
        plain.steps = plain.steps.map(\.withoutTimeout)
        plain.timeoutSeconds = mayTimeOut ? Int64(generator.number(1...120)) : nil
        self.plain = plain
        self.flow = flow
        self.execution = execution
        text = plain.text
        input = generator.input()
        behaviour = TaskBehaviour(
            seed: generator.seed(), failures: generator.pick([0, 0, 6, 25]), isSteady: true)
        var oracle = Oracle(
            plain, behaviour: behaviour, iterationsAtOnceMax: iterationsAtOnceMax,
            names: ["execution.name": .string(execution), "flow.name": .string(flow)])
        guard let verdict = oracle.run(input), oracle.eventCount <= eventsMax else { return nil }
        self.verdict = verdict
    }
}

extension SteadyCase {
    /// What is wrong with a history that has ended; nil: it is as the oracle says.
    ///
    /// - Parameter wasStopped: whether somebody stopped it.
    package func difference(from history: ThreadSorter, wasStopped: Bool) -> String? {
        guard let last = history.last else { return "it has not ended" }
        let failure: PlainFailure?
        switch last.type {
        case .executionSucceeded:
            guard case .done(let output, _) = verdict.course, verdict.failures.isEmpty else {
                return "expected a failure (\(verdict.failures.map(\.error))), found success"
            }
            if let fault = Self.difference(of: last, expected: ["output": .object(output)]) { return fault }
            return threads(of: history, areWhole: true, after: nil)
        case .executionFailed:
            let error = last.detail["error"]?.stringValue
            failure = verdict.failures.first { failure in
                failure.error == error
                    && (failure.cause == nil || failure.cause == last.detail["cause"]?.stringValue)
            }
            guard failure != nil else {
                return "expected \(verdict.failures.map(\.error)) or success, found \(error ?? "no error")"
            }
        case .executionTimedOut where plain.timeoutSeconds != nil: failure = nil
        case .executionStopped where wasStopped: failure = nil
        default: return "nothing could end it by \(last.type.rawValue)"
        }
        return threads(of: history, areWhole: false, after: failure)
    }

    private func threads(of history: ThreadSorter, areWhole: Bool, after failure: PlainFailure?) -> String? {
        for (thread, found) in history.threads.sorted(by: { $0.key < $1.key }) {
            guard let expected = verdict.threads[thread] else {
                return "there should be no thread \"\(thread)\""
            }
            if let fault = difference(found, expected, areWhole: areWhole, after: failure) {
                return "in \"\(thread)\": \(fault)"
            }
        }
        guard areWhole else { return nil }
        return verdict.threads.keys.sorted().first { history.threads[$0] == nil }
            .map { "the thread \"\($0)\" is missing" }
    }

    private func difference(
        _ found: [HistoryEvent], _ expected: [PlainEvent], areWhole: Bool, after failure: PlainFailure?
    ) -> String? {
        for (index, event) in found.enumerated() {
            // How a failure leaves what contains it depends on which of several came first.
            if let failure, event.detail["error"]?.stringValue == failure.error, !event.type.endsTask {
                return nil
            }
            guard index < expected.count else {
                return "\(event.type.rawValue) \(event.stepName) is too much"
            }
            let wanted = expected[index]
            guard wanted.type == event.type, wanted.step == event.stepName else {
                return "expected \(wanted.type.rawValue) \(wanted.step), found \(event.type.rawValue) "
                    + "\(event.stepName) (event \(event.eventID))"
            }
            if let fault = Self.difference(of: event, expected: wanted.detail) { return fault }
        }
        guard areWhole, found.count < expected.count else { return nil }
        return "\(expected[found.count].type.rawValue) \(expected[found.count].step) is missing"
    }

    /// What follows from the time of day or from who came first.
    private static let free: Set<String> = ["until", "retryAt", "deadline", "reportKey"]

    private static func difference(of event: HistoryEvent, expected: JSONObject) -> String? {
        if event.type == .taskSubmitted || event.type == .executionStarted { return nil }
        for (key, value) in expected where !free.contains(key) {
            let found = event.detail[key].map(withoutTokens)
            guard found != value else { continue }
            return "event \(event.eventID) \(event.type.rawValue) \(event.stepName): expected \(key) "
                + "\(value.text), found \(found?.text ?? "nothing")"
        }
        for (key, value) in event.detail where expected[key] == nil && key != "cause" && !free.contains(key) {
            return "event \(event.eventID) \(event.type.rawValue) \(event.stepName): "
                + "\(key) \(value.text) is not expected"
        }
        return nil
    }

    /// The oracle has one word for every token.
    private static func withoutTokens(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            text.utf8.count > 40 && (try? TaskToken(text: text)) != nil ? .string(Oracle.token) : value
        case .array(let elements): .array(elements.map(withoutTokens))
        case .object(let object): .object(JSONObject(object.map { ($0.key, withoutTokens($0.value)) }))
        default: value
        }
    }
}

extension PlainStep {
    /// Without any time after which a task is given up.
    fileprivate var withoutTimeout: PlainStep {
        var step = self
        switch body {
        case .task(var task):
            task.timeoutSeconds = nil
            step.body = .task(task)
        case .choice(let branches, let otherwise):
            step.body = .choice(branches.map(\.withoutTimeout), otherwise: otherwise?.withoutTimeout)
        case .parallel(let lists): step.body = .parallel(lists.map { $0.map(\.withoutTimeout) })
        case .foreach(let collection, let item, let index, let steps):
            step.body = .foreach(
                collection: collection, item: item, index: index, steps.map(\.withoutTimeout))
        default: break
        }
        return step
    }
}

extension PlainBranch {
    fileprivate var withoutTimeout: PlainBranch {
        var branch = self
        branch.steps = steps.map(\.withoutTimeout)
        return branch
    }
}
