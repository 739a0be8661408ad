/// The figures that have a goal as bars against it, and throughput and latency over the executions in flight:
/// one SVG without a script, readable on light and dark.
package struct FigurePlot {
    private static let width = 860
    private static let labelWidth = 300
    private static let rowHeight = 26
    private static let curveHeight = 220
    /// Twice the goal fills the room; more is cut.
    private static let scoreMax = 4.0

    private let figures: [Figure]
    private let title: String

    package init(title: String, figures: [Figure]) {
        self.title = title
        self.figures = figures
    }

    package var svg: String {
        let goals = figures.filter { $0.goal != nil }
        let barsEnd = 60 + goals.count * Self.rowHeight
        let points = curve
        let height = barsEnd + (points.count > 1 ? Self.curveHeight + 60 : 10)
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<title>\(escaped(title))</title>",
            "<style>text{fill:#333}.met{fill:#2a7f62}.missed{fill:#b3392f}.line{stroke:#888;fill:none}"
                + "polyline{fill:none;stroke-width:2}.rate{stroke:#2a7f62}.late{stroke:#b3392f}"
                + "@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>",
            text(10, 20, escaped(title), "font-size=\"14\""),
        ]
        parts += bars(goals, end: barsEnd)
        if points.count > 1 { parts += chart(points, top: barsEnd + 40) }
        parts.append("</svg>")
        return parts.joined(separator: "\n") + "\n"
    }

    // MARK: Bars

    private func bars(_ goals: [Figure], end: Int) -> [String] {
        let room = Double(Self.width - Self.labelWidth - 150)
        let goalX = Double(Self.labelWidth) + room / Self.scoreMax
        var parts: [String] = []
        for (index, figure) in goals.enumerated() {
            guard let goal = figure.goal else { continue }
            let y = 40 + index * Self.rowHeight
            let score = min(max(goal.score(of: figure.value), 0), Self.scoreMax)
            let length = score / Self.scoreMax * room
            let word = figure.isMet == true ? "met" : "missed"
            parts.append(text(Double(Self.labelWidth - 8), y + 14, figure.name, "text-anchor=\"end\""))
            parts.append(
                "<rect class=\"\(word)\" x=\"\(Self.labelWidth)\" y=\"\(y)\" width=\"\(length.fixed(1))\" "
                    + "height=\"\(Self.rowHeight - 8)\"/>")
            let label = "\(figure.value.grouped)\(figure.unitText) (\(goal.text))"
            parts.append(text(Double(Self.labelWidth) + length + 6, y + 14, escaped(label)))
        }
        parts.append(
            "<line class=\"line\" stroke-dasharray=\"4 3\" x1=\"\(goalX.fixed(1))\" y1=\"32\" "
                + "x2=\"\(goalX.fixed(1))\" y2=\"\(end - 16)\"/>")
        parts.append(text(goalX, 30, "goal", "text-anchor=\"middle\""))
        return parts
    }

    // MARK: Throughput and latency

    private struct Point {
        var inFlight: Int
        var rate: Double
        var p99: Double
    }

    private var curve: [Point] {
        let values = Dictionary(figures.map { ($0.name, $0.value) }) { first, _ in first }
        let prefix = "three_tasks_per_s_"
        return figures.compactMap { figure in
            guard figure.name.hasPrefix(prefix), let level = Int(figure.name.dropFirst(prefix.count)),
                let p99 = values["three_tasks_p99_ms_\(level)"]
            else { return nil }
            return Point(inFlight: level, rate: figure.value, p99: p99)
        }.sorted { $0.inFlight < $1.inFlight }
    }

    private func chart(_ points: [Point], top: Int) -> [String] {
        let rateMax = points.map(\.rate).max() ?? 1
        let lateMax = points.map(\.p99).max() ?? 1
        let step = Double(Self.width - 140) / Double(points.count - 1)
        func x(_ index: Int) -> Double { 60 + Double(index) * step }
        func y(_ share: Double) -> Double {
            Double(top + Self.curveHeight) - share * Double(Self.curveHeight - 40)
        }
        var parts = [
            text(60, top, "three tasks in a row: flows a second (green) and p99 (red) by flows in flight"),
            "<line class=\"line\" x1=\"60\" y1=\"\(top + Self.curveHeight)\" x2=\"\(Self.width - 80)\" "
                + "y2=\"\(top + Self.curveHeight)\"/>",
        ]
        for (kind, share) in [
            ("rate", { (point: Point) in point.rate / rateMax }), ("late", { $0.p99 / lateMax }),
        ] {
            let line = points.enumerated().map { "\(x($0).fixed(1)),\(y(share($1)).fixed(1))" }
            parts.append("<polyline class=\"\(kind)\" points=\"\(line.joined(separator: " "))\"/>")
        }
        for (index, point) in points.enumerated() {
            let middle = "text-anchor=\"middle\""
            parts.append(text(x(index), top + Self.curveHeight + 16, "\(point.inFlight)", middle))
            parts.append(text(x(index), Int(y(point.rate / rateMax)) - 6, point.rate.grouped, middle))
            parts.append(text(x(index), Int(y(point.p99 / lateMax)) + 16, "\(point.p99.brief) ms", middle))
        }
        return parts
    }

    private func text(_ x: Double, _ y: Int, _ words: String, _ attributes: String = "") -> String {
        "<text x=\"\(x.fixed(1))\" y=\"\(y)\"\(attributes.isEmpty ? "" : " \(attributes)")>\(words)</text>"
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
