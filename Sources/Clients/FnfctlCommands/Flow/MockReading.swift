import ConfigurationFile
import FlowDefinition
import FlowModel
import FlowSimulation
import Primitives

/// Reads mocks out of YAML, all faults with their places.
///
/// Shape: `steps: {NAME: MOCK}`, `resources: {ARN-PATTERN or ACTION: MOCK}`, `default: MOCK`; a MOCK is one
/// answer or a list of them.
struct MockReading {
    /// The members of a mapping of mocks: a file of its own, or a part of a test file.
    static func mocks(_ reader: ConfigurationReader) -> Mocks {
        var mocks = Mocks()
        let steps = reader.section("steps")
        for name in steps.freeKeys() { mocks.steps[name] = mock(steps, name) }
        let resources = reader.section("resources")
        for text in resources.freeKeys() {
            let mock = mock(resources, text)
            do {
                mocks.resources.append(.init(pattern: try ResourcePattern(pattern(text)), mock: mock))
            } catch { resources.report(text, error.reason) }
        }
        if reader.has("default") { mocks.fallback = mock(reader, "default") }
        return mocks
    }

    /// An `action:` may be written as it is in the flow.
    private static func pattern(_ text: String) -> String {
        guard let action = text.wholeMatch(of: /([A-Za-z0-9_-]+):([^:]+)/) else { return text }
        return "acs:\(action.1):*:*:actions/\(action.2)"
    }

    private static func mock(_ reader: ConfigurationReader, _ key: String) -> Mock {
        var mock = Mock(sequence: [])
        let isList: Bool
        if case .list = reader.value(key)?.content { isList = true } else { isList = false }
        let answers = isList ? reader.sections(key) : [reader.section(key)]
        for reader in answers {
            let condition = condition(reader)
            let answer = answer(reader)
            if let condition {
                mock.rules.append(.init(condition: condition, answer: answer))
            } else {
                mock.sequence.append(answer)
            }
        }
        return mock
    }

    private static func condition(_ reader: ConfigurationReader) -> Condition? {
        guard let text = reader.optionalString("when") else { return nil }
        do { return try Condition(text) } catch {
            reader.report("when", "\(error)", remedy: "e.g. when: $.n == 2")
            return nil
        }
    }

    private static func answer(_ reader: ConfigurationReader) -> MockAnswer {
        let isNever = reader.boolean("never", default: false)
        let failure = failure(reader)
        let result = reader.isNull("result") ? .null : reader.value("result")?.json
        let said = [isNever, failure != nil, result != nil].count { $0 }
        if said > 1 {
            reader.report("has more than one of result, error and never", remedy: "keep one")
        }
        let ending: MockAnswer.Ending
        if isNever {
            ending = .never
        } else if let failure {
            ending = .failure(failure)
        } else {
            ending = .result(result ?? .object(JSONObject()))
        }
        var answer = MockAnswer(ending, after: duration(reader, "delay") ?? .zero)
        guard reader.has("submission") else { return answer }
        let submission = reader.section("submission")
        answer.submissionDelay = duration(submission, "delay") ?? .zero
        let output = submission.value("result")?.json ?? .object(JSONObject())
        if submission.boolean("never", default: false) {
            answer.submission = .never
        } else {
            answer.submission = self.failure(submission).map { .refused($0) } ?? .accepted(output)
        }
        return answer
    }

    static func failure(_ reader: ConfigurationReader) -> FlowFailure? {
        let error = reader.optionalString("error")
        let cause = reader.optionalString("cause")
        guard error != nil || cause != nil else { return nil }
        return FlowFailure(error: error ?? "", cause: cause ?? "")
    }

    /// Seconds as a number, or `500ms`, `2m`, `1h`, `30d`; nil when the key is missing or wrong.
    static func duration(_ reader: ConfigurationReader, _ key: String) -> Duration? {
        guard let value = reader.value(key) else { return nil }
        switch value.content {
        case .integer(let seconds) where (0...366 * 86_400 * 10).contains(seconds): return .seconds(seconds)
        case .number(let text):
            if let seconds = Double(text), seconds >= 0, seconds < 1e9 {
                return .milliseconds(Int64((seconds * 1000).rounded()))
            }
        case .string(let text):
            if let duration = SpanText.duration(text) { return duration }
        default: break
        }
        reader.report(key, "is no length of time", remedy: "write seconds, or 500ms, 2m, 1h, 30d")
        return nil
    }
}
