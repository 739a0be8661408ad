/// What a figure should be.
package enum Goal: Sendable, Hashable {
    case atLeast(Double)
    case atMost(Double)
    case below(Double)

    package var bound: Double {
        switch self {
        case .atLeast(let bound), .atMost(let bound), .below(let bound): bound
        }
    }

    package func isMet(by value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        case .below(let bound): value < bound
        }
    }

    /// How far beyond the goal a value is: 1 just reaches it, 2 is twice as good.
    package func score(of value: Double) -> Double {
        switch self {
        case .atLeast(let bound): bound == 0 ? 1 : value / bound
        case .atMost(let bound), .below(let bound):
            value == 0 ? .infinity : bound / value
        }
    }

    package var text: String {
        switch self {
        case .atLeast(let bound): "≥ \(bound.short)"
        case .atMost(let bound): "≤ \(bound.short)"
        case .below(let bound): "< \(bound.short)"
        }
    }
}
