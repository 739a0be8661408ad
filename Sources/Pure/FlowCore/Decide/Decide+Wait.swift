import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    mutating func wait(_ wait: WaitStep, _ running: RunningStep, _ input: JSONObject, _ turn: inout Turn) {
        guard let until = end(of: wait, input, now: turn.now)?.wholeMilliseconds else {
            let cause =
                "the wait's duration or timestamp is no time from now to \(limits.waitSecondsMax) s from now"
            return fail(running, FlowFailure(error: FailureName.invalidInput, cause: cause), &turn)
        }
        started(running, input, deciding: ["until": .string(until.description)], &turn)
        if until <= turn.now { exit(running, local: .object(JSONObject()), &turn) }
    }

    /// Nil when the path gives no number or time, a negative number, or more than the longest wait.
    private func end(of wait: WaitStep, _ input: JSONObject, now: Timestamp) -> Timestamp? {
        let latest = now.advanced(bySeconds: limits.waitSecondsMax)
        switch wait {
        case .seconds(let seconds): return time(after: Double(seconds), from: now)
        case .until(let time): return time <= latest ? time : nil
        case .secondsAt(let path):
            guard let seconds = path.value(in: .object(input))?.doubleValue else { return nil }
            return time(after: seconds, from: now)
        case .untilAt(let path):
            guard let text = path.value(in: .object(input))?.stringValue, let time = Timestamp(rfc3339: text),
                time <= latest
            else { return nil }
            return time
        }
    }

    private func time(after seconds: Double, from now: Timestamp) -> Timestamp? {
        guard seconds >= 0, seconds <= Double(limits.waitSecondsMax) else { return nil }
        return now.advanced(by: .milliseconds(Int64((seconds * 1000).rounded())))
    }
}
