/// What of all that can be measured is asked for, and how much of it.
struct Scope: Sendable {
    let orders: Int
    /// Orders in flight.
    let levels: [Int]
    /// Executions stored for what a console asks; a tenth as many wait.
    let executions: Int
    /// Executions that wait for a report.
    let waiting: Int
    /// Events stored for what a step costs behind them.
    let events: Int
    /// Beginnings of names; empty: all figures.
    let selection: [String]
    let isQuick: Bool
    let traces: Bool

    var allNames: [String] { Section.allCases.flatMap { $0.names(in: self) } }

    /// The names without service and level.
    var families: [String] {
        let ends = Section.programs.map { "_\($0)" }
        return allNames.reduce(into: []) { families, name in
            var family = name
            for level in levels where family.hasSuffix("_\(level)") { family.removeLast("_\(level)".count) }
            for end in ends where family.hasSuffix(end) { family.removeLast(end.count) }
            if !families.contains(family) { families.append(family) }
        }
    }

    func wants(_ name: String) -> Bool { selection.isEmpty || selection.contains { name.hasPrefix($0) } }
    func wants(anyOf names: [String]) -> Bool { names.contains { wants($0) } }
    func wants(_ section: Section) -> Bool { wants(anyOf: section.names(in: self)) }
    func wants(level: Int) -> Bool { wants(anyOf: Section.orderNames(level)) }

    /// At one in flight the figures settle early.
    func orders(at level: Int) -> Int { level == 1 ? max(20, orders / 10) : orders }
}
