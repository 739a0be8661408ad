import BenchReport

/// Writes the figures of a run into `docs/performance.md` and their plot beside it, so that the document and
/// the run can not disagree.
struct PerformanceDocument {
    static let block = MarkedBlock("figures")

    let place: Workplace

    func write(machine: [(name: String, value: String)], figures: [Figure]) throws {
        guard let root = place.repository else {
            throw BenchFault("--document writes into a checkout, and this program lies in none")
        }
        let path = "\(root)/docs/performance.md"
        guard let text = SmallFile.text(path) else { throw BenchFault.system("can not read \(path)") }
        let table = MarkdownTable(machine: machine, figures: figures).text
        guard let replaced = Self.block.replaced(in: text, by: table) else {
            throw BenchFault(
                "\(path) has no place for the figures: put these two lines in\n\(Self.block.empty)")
        }
        try SmallFile.write(replaced, to: path)
        let plot = FigurePlot(title: "fnf: figures against their goals", figures: figures)
        try SmallFile.write(plot.svg, to: "\(root)/docs/performance.svg")
        Progress.note("written: docs/performance.md, docs/performance.svg")
    }
}
