import Primitives

/// Turns a report into text.
enum Render {
    static func text(_ report: Report, as format: OutputFormat, on terminal: Terminal, now: Timestamp)
        -> String
    {
        switch format {
        case .table: blocks(report.blocks, terminal)
        case .json: report.json.prettyText + "\n"
        case .yaml: YAMLText.document(report.json)
        case .name: report.names.map { $0 + "\n" }.joined()
        }
    }

    static func blocks(_ blocks: [Report.Block], _ terminal: Terminal) -> String {
        var text = ""
        for block in blocks {
            switch block {
            case .fields(let fields): text += self.fields(fields, terminal)
            case .table(let table): text += TableText.render(table, terminal)
            case .heading(let title): text += (text.isEmpty ? "" : "\n") + terminal.bold(title) + "\n"
            case .text(let lines): text += lines.hasSuffix("\n") ? lines : lines + "\n"
            }
        }
        return text
    }

    /// `Label:  value` lines; a value of several lines is indented under its label.
    private static func fields(_ fields: [Report.Field], _ terminal: Terminal) -> String {
        let width = fields.map(\.label.count).max() ?? 0
        let indent = String(repeating: " ", count: width + 3)
        return fields.map { field in
            let pad = String(repeating: " ", count: width - field.label.count)
            let lines = field.value.text.printable(keepingLines: true).split(
                separator: "\n", omittingEmptySubsequences: false)
            let value = lines.joined(separator: "\n\(indent)")
            return "\(field.label):\(pad)  \(terminal.paint(value, field.value.tone))\n"
        }.joined()
    }
}
