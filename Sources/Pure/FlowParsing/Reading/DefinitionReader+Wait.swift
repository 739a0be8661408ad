import FlowDefinition
import FlowModel
import Primitives

extension DefinitionReader {
    mutating func wait(_ fields: Fields) -> WaitStep? {
        switch (fields["duration"], fields["timestamp"]) {
        case (nil, nil):
            missing(
                "duration", in: fields, fix: "write duration: seconds, or timestamp: \"2030-01-01T00:00:00Z\""
            )
            return nil
        case (.some, .some(let node)):
            faults.error("two-times", "a wait has either duration or timestamp, not both", at: node.location)
            return nil
        case (.some(let node), nil): return duration(fields, node)
        case (nil, .some(let node)): return timestamp(fields, node)
        }
    }

    private mutating func duration(_ fields: Fields, _ node: SourceNode) -> WaitStep? {
        if case .scalar(.string(let text), _) = node.content, text.hasPrefix("$") {
            return ownInputPath(text, "duration", node).map(WaitStep.secondsAt)
        }
        return integer(fields, "duration", in: 0...limits.waitSecondsMax).map(WaitStep.seconds)
    }

    private mutating func timestamp(_ fields: Fields, _ node: SourceNode) -> WaitStep? {
        if case .scalar(.integer, _) = node.content {
            wrongType(
                "timestamp", node, expected: "a time in RFC 3339",
                fix: "e.g. 2030-01-01T08:00:00+08:00; seconds to wait are a duration")
            return nil
        }
        guard let text = string(fields, "timestamp") else { return nil }
        if text.hasPrefix("$") { return ownInputPath(text, "timestamp", node).map(WaitStep.untilAt) }
        guard let time = Timestamp(rfc3339: text) else {
            faults.error(
                "bad-timestamp", "\"\(text)\" is no time", at: node.location,
                fix: "e.g. 2030-01-01T08:00:00+08:00")
            return nil
        }
        return .until(time)
    }
}
