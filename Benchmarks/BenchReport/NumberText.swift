extension Double {
    /// Four digits that count, never an exponent.
    package var brief: String {
        let places = self >= 1000 ? 0 : self >= 100 ? 1 : self >= 10 ? 2 : 3
        return fixed(places)
    }

    /// As few digits as tell it to a thousandth.
    package var short: String {
        let text = fixed(3)
        let trimmed = text.reversed().drop { $0 == "0" }
        return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
    }

    /// `12,345` from a thousand on, else as `brief`.
    package var grouped: String {
        guard magnitude >= 1000 else { return brief }
        var digits = fixed(0)
        var parts: [Substring] = []
        while digits.count > 3, digits.dropLast(3) != "-" {
            parts.insert(digits.suffix(3), at: 0)
            digits.removeLast(3)
        }
        return ([Substring(digits)] + parts).joined(separator: ",")
    }

    package func fixed(_ places: Int) -> String {
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
    package var milliseconds: Double {
        Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
    }

    package var inSeconds: Double { milliseconds / 1000 }
}
