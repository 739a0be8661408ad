/// Lays a table out in columns, within the width of a terminal.
enum TableText {
    private static let gap = 2
    /// An elastic column is never narrower.
    private static let elasticMin = 12

    static func render(_ table: Table, _ terminal: Terminal) -> String {
        guard !table.rows.isEmpty else { return table.empty.isEmpty ? "" : table.empty + "\n" }
        let rows = table.rows.map { $0.map { Cell($0.text.printable(), $0.tone) } }
        let widths = widths(table.columns, rows, within: terminal.columns)
        var text =
            terminal.bold(line(table.columns.map { Cell($0.title) }, table.columns, widths, .plain)) + "\n"
        for row in rows { text += line(row, table.columns, widths, terminal) + "\n" }
        return text
    }

    static func widths(_ columns: [Table.Column], _ rows: [[Cell]], within limit: Int?) -> [Int] {
        var widths = columns.map(\.title.displayWidth)
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], cell.text.displayWidth)
            }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + gap * (widths.count - 1) - limit
        // The widest gives way first, so that short columns stay whole.
        let elastic = columns.indices.filter { columns[$0].isElastic }.sorted { widths[$0] > widths[$1] }
        for index in elastic where excess > 0 {
            let width = max(elasticMin, widths[index] - excess)
            guard width < widths[index] else { continue }
            excess -= widths[index] - width
            widths[index] = width
        }
        return widths
    }

    static func line(_ cells: [Cell], _ columns: [Table.Column], _ widths: [Int], _ terminal: Terminal)
        -> String
    {
        var text = ""
        for (index, cell) in cells.enumerated() {
            let shown = cell.text.fitted(to: widths[index])
            let pad = String(repeating: " ", count: widths[index] - shown.displayWidth)
            let painted = terminal.paint(shown, cell.tone)
            let isLast = index == cells.count - 1
            text += columns[index].isNumber ? pad + painted : painted + (isLast ? "" : pad)
            if !isLast { text += String(repeating: " ", count: gap) }
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
