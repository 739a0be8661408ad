/// Measured times, to ask for percentiles.
package struct Samples: Sendable {
    private let sorted: [Double]

    /// Units: whatever they were measured in.
    package init(_ values: [Double]) { sorted = values.sorted() }

    /// The smallest value that at least this share of all values does not pass; 0 without any.
    package func percentile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    package var p50: Double { percentile(0.5) }
    package var p99: Double { percentile(0.99) }
    package var largest: Double { sorted.last ?? 0 }
}
