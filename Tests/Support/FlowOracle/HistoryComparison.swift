import FlowModel
import FlowSimulation
import Primitives

/// A machine's history beside the oracle's: equal thread by thread, since the order between threads is free.
struct HistoryComparison {
    let verdict: OracleVerdict
    let end: PlainEnd
    let run: MachineRun

    /// Nil when they are equal.
    var difference: String? {
        if let difference = endDifference { return difference }
        for thread in Set(verdict.threads.keys).union(run.threads.keys).sorted() {
            if let difference = difference(in: thread) { return "in \"\(thread)\": \(difference)" }
        }
        return nil
    }

    private var endDifference: String? {
        let status: ExecutionStatus
        var detail: JSONObject = [:]
        switch end {
        case .succeeded(let output, _):
            status = .succeeded
            detail = ["output": .object(output)]
        case .failed(let failure):
            status = .failed
            detail = failure.detail
        case .timedOut: status = .timedOut
        case .stopped:
            status = .stopped
            detail = ["error": "StoppedByTest", "cause": ""]
        case .never:
            guard case .waitsForever = run.outcome.ending else {
                return "expected to wait forever, found \(run.outcome.status.rawValue)"
            }
            return nil
        }
        guard run.outcome.status == status, let last = run.last else {
            return "expected \(status.rawValue), found \(run.outcome.status.rawValue)"
        }
        let time = OracleClock.milliseconds(last.time)
        guard time == end.time else { return "expected to end at \(end.time), found \(time)" }
        return Self.difference(of: last, expected: detail)
    }

    private func difference(in thread: String) -> String? {
        let expected = (verdict.threads[thread] ?? []).filter { $0.time <= end.time }
        let found = run.threads[thread] ?? []
        // What happens at the very time of the end elsewhere may or may not come before it.
        let sure = isWhole(thread) ? expected.count : expected.prefix { $0.time < end.time }.count
        for (expected, found) in zip(expected, found) {
            let time = OracleClock.milliseconds(found.time)
            guard expected.type == found.type, expected.step == found.stepName, expected.time == time else {
                return "expected \(expected.type.rawValue) \(expected.step) at \(expected.time), "
                    + "found \(found.type.rawValue) \(found.stepName) at \(time) (event \(found.eventID))"
            }
            if let difference = Self.difference(of: found, expected: expected.detail) { return difference }
        }
        if found.count < sure {
            let missing = expected[found.count]
            return "expected \(missing.type.rawValue) \(missing.step) at \(missing.time), found nothing"
        }
        guard found.count <= expected.count else {
            return "expected nothing more, found \(found[expected.count].type.rawValue)"
        }
        return nil
    }

    /// The threads that are complete when the execution ends so.
    private func isWhole(_ thread: String) -> Bool {
        switch end {
        case .succeeded, .never: true
        case .failed(let failure):
            thread.isEmpty || failure.thread == thread || failure.thread.hasPrefix(thread + "/")
        case .timedOut, .stopped: false
        }
    }

    private static func difference(of event: HistoryEvent, expected: JSONObject) -> String? {
        for (key, value) in expected where event.detail[key] != value {
            return "event \(event.eventID) \(event.type.rawValue) \(event.stepName): expected \(key) "
                + "\(value.text), found \(event.detail[key]?.text ?? "nothing")"
        }
        for (key, value) in event.detail where expected[key] == nil && key != "cause" {
            return "event \(event.eventID) \(event.type.rawValue) \(event.stepName): "
                + "\(key) \(value.text) is not expected"
        }
        return nil
    }
}
