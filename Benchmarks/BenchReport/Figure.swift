/// One measured number. Names stay: later figures and comparisons are found by them.
package struct Figure: Sendable, Hashable {
    package let name: String
    package let value: Double
    /// `ms`, `us`, `s`, `1/s`, `MiB`, `KiB`, `B` or `1` for a count or a ratio.
    package let unit: String
    /// What is aimed at, nil where nothing is.
    package let goal: Goal?
    /// A figure of the same run that bounds this one.
    package let limit: String?

    package init(_ name: String, _ value: Double, _ unit: String, _ goal: Goal? = nil, limit: String? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.goal = goal
        self.limit = limit
    }

    /// Nil without a goal.
    package var isMet: Bool? { goal?.isMet(by: value) }

    /// The unit as a person writes it behind a number, with the space.
    package var unitText: String {
        switch unit {
        case "1": ""
        case "1/s": " a second"
        case "us": " µs"
        default: " \(unit)"
        }
    }
}

extension [Figure] {
    /// The value in times of the figure that bounds it, e.g. `1.2 × disk_sync_p50_ms`; empty without one.
    package func ratioText(_ figure: Figure) -> String {
        guard let name = figure.limit, let limit = first(where: { $0.name == name }), limit.value > 0 else {
            return ""
        }
        return "\((figure.value / limit.value).brief) × \(name)"
    }
}
