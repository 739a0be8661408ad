/// One measured number. Names stay: later figures and comparisons are found by them.
struct Figure: Sendable {
    let name: String
    let value: Double
    /// `ms`, `us`, `1/s`, `MiB`, `B` or `1` for a count.
    let unit: String

    init(_ name: String, _ value: Double, _ unit: String) {
        self.name = name
        self.value = value
        self.unit = unit
    }

    /// What the first release set out for, nil where nothing was.
    var goal: String? {
        if name.hasPrefix("order_per_s_") { return name.hasSuffix("_1") ? nil : "≥ 300" }
        if name.hasPrefix("cold_start_ms") { return "≤ 30" }
        if name.hasPrefix("idle_rss_mib") { return "≤ 30" }
        return nil
    }
}

extension Double {
    /// Four digits that count, never an exponent.
    var brief: String {
        let places = self >= 1000 ? 0 : self >= 100 ? 1 : self >= 10 ? 2 : 3
        return fixed(places)
    }

    func fixed(_ places: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "-" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let digits = String(Int64((magnitude * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = self < 0 ? "-" : ""
        return places == 0 ? sign + padded : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}

extension Duration {
    var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }

    var inSeconds: Double { milliseconds / 1000 }
}
