import FlowDefinition
import Primitives
import Yams

/// A definition's text as written nodes and the comments between them.
struct WrittenDocument {
    let root: WrittenNode
    let remarks: Remarks

    init(_ source: PlainLines) throws(DocumentFault) {
        let marker = AliasMarker(source.text)
        var builder = WrittenTree(source: source, marker: marker)
        do {
            let parser = try Parser(yaml: marker.text, resolver: .basic, encoding: .utf8)
            guard let node = try parser.onlyRoot() else {
                throw DocumentFault(code: "empty", reason: "the definition is empty", location: .none)
            }
            // A node only refers to its anchor, the parser owns it.
            root = try withExtendedLifetime(parser) { try builder.node(node, parent: -1, depth: 0) }
        } catch let fault as DocumentFault {
            throw fault
        } catch { throw DocumentFault(yaml: error, in: source.text) }
        remarks = RemarkReader(source, builder).remarks()
    }

    init(json: JSONValue) {
        var next = 0
        root = Self.node(json, parent: -1, &next)
        remarks = Remarks()
    }

    private static func node(_ value: JSONValue, parent: Int, _ next: inout Int) -> WrittenNode {
        func entry(_ key: WrittenKey?, _ value: JSONValue) -> WrittenEntry {
            let id = next
            next += 1
            return WrittenEntry(
                id: id, parent: parent, line: 0, column: 0, isInFlow: true, key: key,
                value: node(value, parent: id, &next))
        }
        switch value {
        case .string(let text): return WrittenNode(content: .quoted(text))
        case .array(let elements):
            return WrittenNode(content: .list(elements.map { entry(nil, $0) }), isFlow: true)
        case .object(let object):
            let entries = object.map { entry(WrittenKey(text: $0, isPlain: false), $1) }
            return WrittenNode(content: .map(entries), isFlow: true)
        case .null, .bool, .integer, .number: return WrittenNode(content: .plain(value.text))
        }
    }
}

/// Makes written nodes of the parser's, and notes which parts of the text can hold no comment.
struct WrittenTree {
    private static let depthMax = 256

    let source: PlainLines
    let marker: AliasMarker
    /// Every entry in the order of the text.
    private(set) var entries: [WrittenEntry] = []
    private var places: [(line: Int, column: Int, parent: Int, isInFlow: Bool)] = []
    /// Quoted and literal texts.
    private(set) var opaque = OpaqueText()

    init(source: PlainLines, marker: AliasMarker) {
        self.source = source
        self.marker = marker
    }

    mutating func node(_ node: Node, parent: Int, depth: Int) throws(DocumentFault) -> WrittenNode {
        guard depth <= Self.depthMax else {
            throw DocumentFault(
                code: "too-deep", reason: "nested deeper than \(Self.depthMax) levels", location: .none)
        }
        var written: WrittenNode
        switch node {
        case .scalar(let scalar): written = self.scalar(scalar)
        case .sequence(let sequence):
            let isFlow = source.isFlow(from: sequence.mark.map { ($0.line, $0.column) }, "[")
            var elements: [WrittenEntry] = []
            for element in sequence {
                let mark = element.mark.map { ($0.line, $0.column) } ?? (0, 0)
                let place = isFlow ? mark : source.dash(before: mark)
                elements.append(try entry(nil, element, place, parent, isFlow, depth))
            }
            written = WrittenNode(content: .list(elements), isFlow: isFlow)
        case .mapping(let mapping):
            let isFlow = source.isFlow(from: mapping.mark.map { ($0.line, $0.column) }, "{")
            var members: [WrittenEntry] = []
            for (key, value) in mapping {
                let place = key.mark.map { ($0.line, $0.column) } ?? (0, 0)
                if case .scalar(let scalar) = key { opaque.cover(scalar, source, entryColumn: place.1) }
                let text = WrittenKey(
                    text: marker.restored(key.scalar?.string ?? ""), isPlain: key.scalar?.style == .plain)
                members.append(try entry(text, value, place, parent, isFlow, depth))
            }
            written = WrittenNode(content: .map(members), isFlow: isFlow)
        case .alias:
            throw DocumentFault(
                code: "yaml-syntax", reason: "an alias that cannot be resolved", location: .none)
        }
        written.anchor = node.anchor.map { marker.restored($0.rawValue) }
        if case .scalar(let scalar) = node {
            written.tag = scalar.writtenTag
            return written
        }
        let tag = node.tag.rawValue
        if !tag.isEmpty, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") { written.tag = tag }
        return written
    }

    private mutating func entry(
        _ key: WrittenKey?, _ value: Node, _ place: (line: Int, column: Int), _ parent: Int, _ isFlow: Bool,
        _ depth: Int
    ) throws(DocumentFault) -> WrittenEntry {
        let id = entries.count
        func made(_ node: WrittenNode) -> WrittenEntry {
            WrittenEntry(
                id: id, parent: parent, line: place.line, column: place.column, isInFlow: isFlow, key: key,
                value: node)
        }
        // The place is kept before the value is read, so that the order is that of the text.
        entries.append(made(WrittenNode(content: .plain(""))))
        if case .scalar(let scalar) = value { opaque.cover(scalar, source, entryColumn: place.column) }
        return made(try node(value, parent: id, depth: depth + 1))
    }

    private func scalar(_ scalar: Node.Scalar) -> WrittenNode {
        let text = marker.restored(scalar.string)
        switch scalar.style {
        case .plain:
            if let name = marker.aliasName(of: scalar.string) { return WrittenNode(content: .alias(name)) }
            return WrittenNode(content: .plain(text))
        case .literal, .folded: return WrittenNode(content: .folded(text))
        default: return WrittenNode(content: .quoted(text))
        }
    }
}

extension PlainLines {
    /// True when a bracket stands where a container begins, behind its anchor and tag.
    ///
    /// The parser does not say: it asks the container's last event for the style, which only the first has.
    func isFlow(from mark: (line: Int, column: Int)?, _ bracket: Unicode.Scalar) -> Bool {
        guard var (line, column) = mark else { return false }
        while lines.indices.contains(line - 1) {
            guard let scalar = self[line, column] else {
                (line, column) = (line + 1, 1)
                continue
            }
            if scalar == "&" || scalar == "!" {
                while let next = self[line, column], !Self.isBlank(next) { column += 1 }
            } else if Self.isBlank(scalar) {
                column += 1
            } else {
                return scalar == bracket
            }
        }
        return false
    }

    /// The dash of a list's element: the last one in front of its value, on its line or a line above.
    func dash(before mark: (line: Int, column: Int)) -> (Int, Int) {
        var line = mark.line
        var end = mark.column - 1
        while line >= 1, lines.indices.contains(line - 1) {
            var scalars = Array(lines[line - 1].prefix(max(0, end)))
            if line < mark.line, let comment = Self.comment(in: scalars) {
                scalars = Array(scalars[..<comment])
            }
            while let last = scalars.last, Self.isBlank(last) { scalars.removeLast() }
            if scalars.last == "-" { return (line, scalars.count) }
            line -= 1
            end = .max
        }
        return mark
    }

    private static func comment(in scalars: [Unicode.Scalar]) -> Int? {
        scalars.indices.first { scalars[$0] == "#" && ($0 == 0 || isBlank(scalars[$0 - 1])) }
    }
}
