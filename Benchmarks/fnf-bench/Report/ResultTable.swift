/// The machine and the figures as a person reads them.
struct ResultTable {
    let machine: MachineFacts
    let figures: [Figure]

    var text: String {
        var lines = machine.rows.map { "\(pad($0.name, 12))\($0.value)" }
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
            lines.append(row + (figure.goal ?? ""))
        }
        return lines.map(trimmed).joined(separator: "\n")
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
