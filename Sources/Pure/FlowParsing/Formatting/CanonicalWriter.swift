/// Writes a document in block style; what stood in brackets and fits on a line may stay there.
struct CanonicalWriter {
    private static let columnsMax = 100
    /// What these keys hold is never put on one line: it is what a reader looks for.
    private static let structural: Set<String> = ["steps", "branches", "choices"]

    private let document: WrittenDocument
    private var remarks: Remarks { document.remarks }

    init(_ document: WrittenDocument) { self.document = document }

    var text: String {
        var text = body(of: document.root, entry: -1, indent: 0, isStructural: true)
        if !document.root.isContainer { text = inline(document.root) + "\n" }
        while text.hasPrefix("\n") { text.removeFirst() }
        return text
    }

    /// The entries of a container, each with what stands in front of it.
    private func body(of node: WrittenNode, entry: Int, indent: Int, isStructural: Bool) -> String {
        var text = ""
        for inner in node.entries {
            text += lines(leading(of: inner, indent, isStructural: isStructural), indent)
            text +=
                inner.key == nil
                ? element(inner, indent, isStructural: isStructural)
                : member(inner, indent, isStructural: isStructural)
        }
        return text + lines(remarks.closing[entry] ?? [], indent)
    }

    private func member(_ entry: WrittenEntry, _ indent: Int, isStructural: Bool) -> String {
        let name = entry.key.map(Self.key) ?? ""
        let isStructural = Self.structural.contains(entry.key?.text ?? "")
        let head = blank(indent) + name + ":" + properties(entry.value)
        if let line = oneLine(entry, from: indent + name.count + 2, isStructural: isStructural) {
            return head + (line.isEmpty ? "" : " \(line)") + trailing(entry)
                + lines(remarks.closing[entry.id] ?? [], indent + 2)
        }
        if case .folded(let text) = entry.value.content {
            return head + " " + Self.literal(text, indent + 2, trailing(entry))
        }
        return head + trailing(entry)
            + body(of: entry.value, entry: entry.id, indent: indent + 2, isStructural: isStructural)
    }

    private func element(_ entry: WrittenEntry, _ indent: Int, isStructural: Bool) -> String {
        let head = blank(indent) + "-" + properties(entry.value)
        if let line = oneLine(entry, from: indent + 2, isStructural: isStructural) {
            return head + (line.isEmpty ? "" : " \(line)") + trailing(entry)
                + lines(remarks.closing[entry.id] ?? [], indent + 2)
        }
        if case .folded(let text) = entry.value.content {
            return head + " " + Self.literal(text, indent + 2, trailing(entry))
        }
        let inner = body(of: entry.value, entry: entry.id, indent: indent + 2, isStructural: false)
        guard entry.value.anchor == nil, entry.value.tag == nil else { return head + "\n" + inner }
        // What led the first entry has gone in front of the dash.
        let first = inner.dropFirst(lines(innerLeading(of: entry, indent), indent + 2).count)
        return blank(indent) + "- " + first.dropFirst(indent + 2)
    }

    /// Remarks of the first entry behind a dash stand in front of the dash; so do those behind the dash.
    private func leading(
        of entry: WrittenEntry, _ indent: Int, isStructural: Bool
    ) -> [Remarks.Remark] {
        let own = remarks.leading[entry.id] ?? []
        guard entry.key == nil, entry.value.isContainer,
            oneLine(entry, from: indent + 2, isStructural: isStructural) == nil
        else { return own }
        let behindDash = remarks.trailing[entry.id].map { [Remarks.Remark.comment($0)] } ?? []
        guard entry.value.anchor == nil, entry.value.tag == nil else { return own + behindDash }
        return own + behindDash + innerLeading(of: entry, indent)
    }

    private func innerLeading(of entry: WrittenEntry, _ indent: Int) -> [Remarks.Remark] {
        entry.value.entries.first.map { leading(of: $0, indent + 2, isStructural: false) } ?? []
    }

    /// Nil when the value needs lines of its own.
    private func oneLine(_ entry: WrittenEntry, from column: Int, isStructural: Bool) -> String? {
        let node = entry.value
        if case .folded(let text) = node.content {
            return text.contains("\n") && Self.isLiteral(text) ? nil : Self.quotedOrPlain(text)
        }
        guard node.isContainer else { return inline(node) }
        if node.entries.isEmpty { return inline(node) }
        guard node.isFlow, !isStructural, !hasRemarks(node) else { return nil }
        let text = inline(node)
        return column + text.count <= Self.columnsMax ? text : nil
    }

    private func hasRemarks(_ node: WrittenNode) -> Bool {
        node.entries.contains { entry in
            remarks.leading[entry.id]?.contains { $0 != .blank } ?? false || remarks.trailing[entry.id] != nil
                || remarks.closing[entry.id] != nil || hasRemarks(entry.value)
        }
    }

    private func inline(_ node: WrittenNode) -> String {
        switch node.content {
        case .plain(let text): text.contains("\n") ? Self.quoted(text) : text
        case .quoted(let text): Self.quoted(text)
        case .folded(let text): Self.quotedOrPlain(text)
        case .alias(let name): "*\(name)"
        case .list(let entries): "[" + entries.map { inner($0.value) }.joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\($0.key.map(Self.key) ?? ""): \(inner($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }

    /// Inside brackets nothing must be written for nothing.
    private func inner(_ node: WrittenNode) -> String {
        let text = inline(node)
        let whole = text.isEmpty ? "null" : text
        let properties = properties(node)
        return properties.isEmpty ? whole : properties.dropFirst() + " " + whole
    }

    private func properties(_ node: WrittenNode) -> String {
        (node.anchor.map { " &\($0)" } ?? "") + (node.tag.map { " \($0)" } ?? "")
    }

    /// A comment behind the line, and the line's end.
    private func trailing(_ entry: WrittenEntry) -> String {
        remarks.trailing[entry.id].map { " \($0)\n" } ?? "\n"
    }

    private func lines(_ remarks: [Remarks.Remark], _ indent: Int) -> String {
        var text = ""
        var wasBlank = false
        for remark in remarks {
            switch remark {
            case .blank:
                if !wasBlank { text += "\n" }
                wasBlank = true
            case .comment(let comment):
                text += "\(blank(indent))\(comment)\n"
                wasBlank = false
            }
        }
        return text
    }

    private func blank(_ count: Int) -> String { String(repeating: " ", count: count) }
}
