/// Finds the comments and blank lines of a text and says which entry each belongs to.
struct RemarkReader {
    private let source: PlainLines
    private let entries: [WrittenEntry]
    private let opaque: OpaqueText

    /// A remark that stands on a line of its own, and where it begins.
    private struct Pending {
        let remark: Remarks.Remark
        let column: Int
    }

    init(_ source: PlainLines, _ tree: WrittenTree) {
        self.source = source
        entries = tree.entries
        opaque = tree.opaque
    }

    func remarks() -> Remarks {
        var remarks = Remarks()
        var pending: [Pending] = []
        var next = 0
        for (index, scalars) in source.lines.enumerated() {
            let line = index + 1
            let comment = comment(on: line, scalars)
            let isOwn = scalars[..<(comment ?? scalars.count)].allSatisfy(PlainLines.isBlank)
            if let comment, isOwn {
                pending.append(
                    Pending(remark: .comment(text(scalars, comment, &remarks)), column: comment + 1))
                continue
            }
            if isOwn {
                if !opaque.covers(line, 1) { pending.append(Pending(remark: .blank, column: .max)) }
                continue
            }
            let first = next
            while next < entries.count, entries[next].line <= line { next += 1 }
            if next > first {
                attach(pending, before: first, &remarks)
                pending = []
            }
            guard let comment else { continue }
            let text = text(scalars, comment, &remarks)
            let owner = entries[first..<next].last { !$0.isInFlow }?.id ?? (next > 0 ? next - 1 : nil)
            if let owner, remarks.trailing[owner] == nil {
                remarks.trailing[owner] = text
            } else {
                pending.append(Pending(remark: .comment(text), column: comment + 1))
            }
        }
        attach(pending, before: nil, &remarks)
        return remarks
    }

    /// The index of the `#`.
    private func comment(on line: Int, _ scalars: [Unicode.Scalar]) -> Int? {
        scalars.indices.first { index in
            scalars[index] == "#" && (index == 0 || PlainLines.isBlank(scalars[index - 1]))
                && !opaque.covers(line, index + 1)
        }
    }

    private func text(_ scalars: [Unicode.Scalar], _ start: Int, _ remarks: inout Remarks) -> String {
        var comment = scalars[start...]
        while let last = comment.last, last.properties.isWhitespace { comment.removeLast() }
        let text = PlainLines.text(comment)
        remarks.comments.append(text)
        return text
    }

    /// A comment that is indented deeper than the entry behind it closes what is in front of it; any other
    /// belongs to the entry behind it.
    private func attach(_ pending: [Pending], before next: Int?, _ remarks: inout Remarks) {
        var blanks = false
        var isLeading = false
        var deepest = Int.max
        for item in pending {
            guard case .comment = item.remark else {
                blanks = true
                continue
            }
            let held: [Remarks.Remark] = (blanks ? [.blank] : []) + [item.remark]
            blanks = false
            let column = min(item.column, deepest)
            if !isLeading, let entry = closed(column: column, before: next) {
                remarks.closing[entry.parent, default: []] += held
                deepest = entry.column
            } else if let next {
                isLeading = true
                remarks.leading[next, default: []] += held
            } else {
                remarks.closing[-1, default: []] += held
            }
        }
        if blanks, let next { remarks.leading[next, default: []].append(.blank) }
    }

    /// The innermost entry that is still open and not indented deeper than the comment.
    private func closed(column: Int, before next: Int?) -> WrittenEntry? {
        let limit = next.map { entries[$0].column } ?? 0
        guard column > limit else { return nil }
        var id = (next ?? entries.count) - 1
        while id >= 0 {
            let entry = entries[id]
            if !entry.isInFlow, entry.column <= column, entry.column > limit { return entry }
            id = entry.parent
        }
        return nil
    }
}
