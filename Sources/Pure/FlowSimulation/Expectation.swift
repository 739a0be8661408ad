package import FlowModel
package import Primitives

/// What a case of a flow's tests says must come out. Nil is not compared.
package struct Expectation: Sendable, Equatable {
    /// Nil: `Failed` when an error is expected, else `Succeeded`.
    package var status: ExecutionStatus?
    package var output: JSONValue?
    /// Members that the output must have, whatever others it has.
    package var outputContains: JSONValue?
    package var error: String?
    package var cause: String?
    /// The steps in the order in which they are entered.
    package var path: [String]?
    /// Events, as `TaskSucceeded payment`, that must come in this order, whatever comes between.
    package var events: [String]?
    /// All events.
    package var history: [String]?
    /// Virtual time from the start to the end.
    package var took: Duration?

    package init() {}

    /// One or more lines for each difference; empty when all is as expected.
    package func differences(from outcome: SimulationOutcome) -> [String] {
        guard outcome.ending == .ended else { return ["\(outcome.ending)"] }
        var lines = statusLines(outcome)
        let found = outcome.output ?? .null
        if let output { lines += JSONDifference.lines(expected: output, found: found, at: "output") }
        if let outputContains {
            lines += JSONDifference.lines(
                expected: outputContains, found: found, at: "output", subset: true)
        }
        if let error, error != outcome.failure?.error {
            lines.append("error: expected \(error), found \(outcome.failure?.error ?? "none")")
        }
        if let cause, cause != outcome.failure?.cause {
            lines.append("cause: expected \(cause), found \(outcome.failure?.cause ?? "none")")
        }
        if let path { lines += JSONDifference.lists(expected: path, found: outcome.path, called: "path") }
        if let history {
            lines += JSONDifference.lists(expected: history, found: outcome.lines, called: "history")
        }
        lines += eventLines(outcome.lines)
        if let took, took != outcome.duration {
            lines.append("took: expected \(Self.seconds(took)), found \(Self.seconds(outcome.duration))")
        }
        return lines
    }

    private func statusLines(_ outcome: SimulationOutcome) -> [String] {
        let expected = status ?? (error == nil && cause == nil ? .succeeded : .failed)
        guard expected != outcome.status else { return [] }
        let why = error == nil ? outcome.failure.map { " (\($0))" } ?? "" : ""
        return ["status: expected \(expected.rawValue), found \(outcome.status.rawValue)\(why)"]
    }

    private func eventLines(_ found: [String]) -> [String] {
        guard let events else { return [] }
        var rest = found[...]
        for (number, event) in events.enumerated() {
            guard let place = rest.firstIndex(of: event) else {
                let isThere = found.contains(event)
                let after = number > 0 && isThere ? " behind \(events[number - 1])" : ""
                return ["events: \(event) does not happen\(after)"]
            }
            rest = rest[(place + 1)...]
        }
        return []
    }

    /// `2592000 s`, `0.25 s`
    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.components.attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(duration.components.seconds) s" }
        return "\(Double(duration.components.seconds) + Double(milliseconds) / 1000) s"
    }
}
