import FlowDefinition
import FlowModel
import Primitives
import Yams

/// Text → nodes with places, under limits for size, depth and count.
struct DocumentReader {
    /// Nodes within nodes: each level of nested steps takes four, and constants may be nested below.
    static let depthMax = 256

    private let limits: FlowLimits
    private let marker: AliasMarker
    private var anchors: [String: SourceNode] = [:]
    private var nodes = 0

    /// Throws: the one diagnostic that says why there is no document.
    static func read(_ text: String, limits: FlowLimits) throws(DocumentFault) -> SourceNode {
        guard text.utf8.count <= limits.definitionBytesMax else {
            throw DocumentFault(
                code: "too-large",
                reason: "the definition has \(text.utf8.count) bytes; at most "
                    + "\(limits.definitionBytesMax) are allowed", location: .none)
        }
        var reader = DocumentReader(limits: limits, marker: AliasMarker(DocumentText.readable(text)))
        do throws(DocumentFault) { return try reader.document() } catch {
            guard error.code == "yaml-syntax", let node = json(text) else { throw error }
            return node
        }
    }

    private init(limits: FlowLimits, marker: AliasMarker) {
        self.limits = limits
        self.marker = marker
    }

    /// YAML lacks a few escapes of JSON, such as surrogate pairs.
    private static func json(_ text: String) -> SourceNode? {
        guard text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) == "{",
            let value = try? JSONParser.parse(text)
        else { return nil }
        return SourceNode(json: value, at: SourceLocation(line: 1, column: 1))
    }

    private mutating func document() throws(DocumentFault) -> SourceNode {
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: marker.text, resolver: .basic, encoding: .utf8)
            root = try parser.onlyRoot()
        } catch let fault as DocumentFault {
            throw fault
        } catch { throw DocumentFault(yaml: error, in: marker.text) }
        guard let root else {
            throw DocumentFault(code: "empty", reason: "the definition is empty", location: .none)
        }
        // A node only refers to its anchor, the parser owns it.
        defer { withExtendedLifetime(parser) {} }
        return try convert(root, depth: 1)
    }

    private mutating func convert(_ node: Node, depth: Int) throws(DocumentFault) -> SourceNode {
        let location = SourceLocation(line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
        try charge(1, depth: depth, at: location)
        let converted: SourceNode
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain, let name = marker.aliasName(of: scalar.string) {
                return try alias(name, depth: depth, at: location)
            }
            converted = try self.scalar(scalar, at: location).tagged(node.tag.rawValue)
        case .sequence(let sequence):
            var elements: [SourceNode] = []
            for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
            converted = SourceNode(.list(elements), at: location)
        case .mapping(let mapping):
            var entries: [SourceNode.Entry] = []
            var merges: [SourceNode] = []
            for (key, value) in mapping {
                if let scalar = key.scalar, scalar.style == .plain, scalar.string == "<<" {
                    merges.append(try convert(value, depth: depth + 1))
                } else {
                    entries.append(try entry(key, value, depth: depth + 1))
                }
            }
            for merge in merges { try Self.merge(merge, into: &entries) }
            converted = SourceNode(.map(entries), at: location)
        case .alias:
            throw DocumentFault(
                code: "yaml-syntax", reason: "an alias that cannot be resolved", location: location)
        }
        if let anchor = node.anchor { anchors[anchor.rawValue] = converted }
        return converted
    }

    /// `<<: *common`: the members of another map, or of several, that are not there yet.
    private static func merge(
        _ node: SourceNode, into entries: inout [SourceNode.Entry]
    ) throws(DocumentFault) {
        switch node.content {
        case .map(let others):
            var known = Set(entries.map(\.key))
            for other in others where known.insert(other.key).inserted { entries.append(other) }
        case .list(let maps) where maps.allSatisfy(\.isMap):
            for map in maps { try merge(map, into: &entries) }
        default:
            throw DocumentFault(
                code: "wrong-type", reason: "<< merges a map or a list of maps, found \(node.kind)",
                location: node.location, fix: "e.g. <<: *name, with &name in front of the map to merge")
        }
    }

    private mutating func entry(_ key: Node, _ value: Node, depth: Int) throws(DocumentFault)
        -> SourceNode.Entry
    {
        let location = SourceLocation(line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
        guard let scalar = key.scalar else {
            throw DocumentFault(code: "wrong-type", reason: "a key must be a text", location: location)
        }
        return SourceNode.Entry(
            key: marker.restored(scalar.string), keyLocation: location,
            value: try convert(value, depth: depth))
    }

    private func scalar(_ scalar: Node.Scalar, at location: SourceLocation) throws(DocumentFault)
        -> SourceNode
    {
        let text = marker.restored(scalar.string)
        guard scalar.isRead(asPlain: scalar.style == .plain) else {
            return SourceNode(.scalar(.string(text), text: text), at: location)
        }
        guard let value = PlainScalar.value(of: text) else {
            throw DocumentFault(
                code: "number-too-large",
                reason: "the number \(text) does not fit into 64 bits; put it in quotes",
                location: location)
        }
        return SourceNode(.scalar(value, text: text), at: location)
    }

    /// An anchor is known once its node has ended, so no alias can contain itself.
    private mutating func alias(
        _ name: String, depth: Int, at location: SourceLocation
    ) throws(DocumentFault) -> SourceNode {
        guard let node = anchors[name] else {
            throw DocumentFault(
                code: "unknown-alias", reason: "the alias *\(name) has no anchor &\(name) in front of it",
                location: location)
        }
        try charge(node.nodes, depth: depth + node.depth, at: location)
        return node
    }

    private mutating func charge(_ count: Int, depth: Int, at location: SourceLocation) throws(DocumentFault)
    {
        nodes = nodes.addingReportingOverflow(count).overflow ? .max : nodes + count
        guard nodes <= limits.definitionNodesMax else {
            throw DocumentFault(
                code: "too-many-nodes",
                reason: "the definition, with its aliases written out, has more than "
                    + "\(limits.definitionNodesMax) nodes", location: location)
        }
        guard depth <= Self.depthMax else {
            throw DocumentFault(
                code: "too-deep", reason: "nested deeper than \(Self.depthMax) levels", location: location)
        }
    }
}
