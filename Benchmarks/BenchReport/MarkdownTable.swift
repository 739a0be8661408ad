/// The figures that have a goal or a limit as a table of Markdown, so that a document holds what a run gave.
package struct MarkdownTable {
    private let machine: [(name: String, value: String)]
    private let figures: [Figure]

    package init(machine: [(name: String, value: String)], figures: [Figure]) {
        self.machine = machine
        self.figures = figures
    }

    package var text: String {
        let facts = machine.map(\.value).joined(separator: ", ")
        var lines = [
            "Machine: \(facts).", "", "| figure | value | goal | | beside the limit |",
            "|---|---|---|---|---|",
        ]
        for figure in figures where figure.goal != nil {
            let verdict = figure.isMet == true ? "met" : "**missed**"
            lines.append(row(figure, goal: figure.goal?.text ?? "", verdict))
        }
        for figure in figures where figure.goal == nil { lines.append(row(figure, goal: "", "")) }
        return lines.joined(separator: "\n")
    }

    private func row(_ figure: Figure, goal: String, _ verdict: String) -> String {
        let ratio = figures.ratioText(figure)
        let cells = ["`\(figure.name)`", figure.value.grouped + figure.unitText, goal, verdict, ratio]
        return "| " + cells.joined(separator: " | ") + " |"
    }
}
