/// The machine and the figures as a person reads them on a terminal.
package struct ResultTable {
    private let machine: [(name: String, value: String)]
    private let figures: [Figure]

    package init(machine: [(name: String, value: String)], figures: [Figure]) {
        self.machine = machine
        self.figures = figures
    }

    package var text: String {
        var lines = machine.map { "\(pad($0.name, 12))\($0.value)" }
        lines.append("")
        let nameWidth = (figures.map(\.name.count).max() ?? 0) + 2
        lines.append("\(pad("figure", nameWidth))\(padLeft("value", 10))  \(pad("unit", 5))goal")
        var family = ""
        for figure in figures {
            let next = String(figure.name.prefix { $0 != "_" })
            if !family.isEmpty, next != family { lines.append("") }
            family = next
            let row =
                pad(figure.name, nameWidth) + padLeft(figure.value.brief, 10) + "  " + pad(figure.unit, 5)
            lines.append(row + pad(verdict(figure), 20) + figures.ratioText(figure))
        }
        return lines.map(trimmed).joined(separator: "\n") + summary
    }

    private func verdict(_ figure: Figure) -> String {
        guard let goal = figure.goal else { return "" }
        return pad(goal.text, 10) + (goal.isMet(by: figure.value) ? "ok" : "MISSED")
    }

    private var summary: String {
        let missed = figures.filter { $0.isMet == false }.map(\.name)
        let all = figures.count { $0.goal != nil }
        guard all > 0 else { return "" }
        let end = missed.isEmpty ? "" : "; missed: \(missed.joined(separator: ", "))"
        return "\n\n\(all - missed.count) of \(all) goals met\(end)"
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func padLeft(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
