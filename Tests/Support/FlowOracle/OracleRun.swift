package import FlowModel
import FlowParsing

/// Many cases from one seed.
package struct OracleRun: Sendable {
    package private(set) var cases = 0
    package private(set) var flows = 0
    package private(set) var discarded = 0
    package private(set) var events = 0
    package private(set) var seen: Set<HistoryEventType> = []
    /// How the executions ended: the last event of each, or none where it waits for ever.
    package private(set) var ends: [String: Int] = [:]
    /// The first few, with all that is needed to see them again.
    package private(set) var disagreements: [String] = []

    package init() {}

    /// Runs until `cases` have been compared. Equal arguments make equal runs.
    ///
    /// - Parameter runsPerFlow: inputs and behaviours for each flow, since making one costs more than running
    ///   it.
    package mutating func run(cases wanted: Int, seed: UInt64, runsPerFlow: Int) {
        var number: UInt64 = 0
        while cases < wanted, disagreements.count < 5 {
            number += 1
            var generator = FlowGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
            let flow = generator.flow()
            let (definition, diagnostics) = FlowParser.parse(flow.text)
            guard let definition else {
                let faults = diagnostics.map { $0.text(file: "flow") }.joined(separator: "\n")
                disagreements.append("seed \(seed), flow \(number) is refused: \(faults)\n\(flow.text)")
                continue
            }
            flows += 1
            for _ in 0..<min(runsPerFlow, wanted - cases) {
                switch OracleCase(flow, definition, &generator).compare() {
                case .discarded: discarded += 1
                case .equal(let history):
                    cases += 1
                    events += history.count
                    seen.formUnion(history.map(\.type))
                    let last = history.last?.type
                    let end = last.flatMap { $0.endsExecution ? $0.rawValue.dropFirst(9) : nil } ?? "waiting"
                    ends[String(end), default: 0] += 1
                case .different(let text):
                    cases += 1
                    disagreements.append("seed \(seed), flow \(number): \(text)")
                }
            }
        }
    }

    package mutating func add(_ other: OracleRun) {
        cases += other.cases
        flows += other.flows
        discarded += other.discarded
        events += other.events
        seen.formUnion(other.seen)
        ends.merge(other.ends, uniquingKeysWith: +)
        disagreements += other.disagreements
    }

    package var notSeen: [String] {
        HistoryEventType.allCases.filter { !seen.contains($0) }.map(\.rawValue)
    }

    package var summary: String {
        "\(cases) cases over \(flows) random flows, \(events) events, \(discarded) too long, "
            + "\(disagreements.count) disagreements; "
            + ends.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
