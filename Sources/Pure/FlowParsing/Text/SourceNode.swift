import FlowDefinition
import Primitives

/// A node of the definition's text with its place, aliases written out.
struct SourceNode {
    enum Content {
        /// The value, and the text as the author wrote it.
        case scalar(JSONValue, text: String)
        case list([SourceNode])
        case map([Entry])
    }

    struct Entry {
        let key: String
        let keyLocation: SourceLocation
        let value: SourceNode
    }

    let content: Content
    let location: SourceLocation
    /// How many nodes this one consists of, itself included.
    let nodes: Int
    /// How deep it is nested: 1 for a scalar.
    let depth: Int
    /// A tag of a template tool in front of a scalar, e.g. `!Ref`.
    private(set) var tag: String?

    init(_ content: Content, at location: SourceLocation) {
        self.content = content
        self.location = location
        let children: [SourceNode] =
            switch content {
            case .scalar: []
            case .list(let elements): elements
            case .map(let entries): entries.map(\.value)
            }
        nodes = children.reduce(1) { $0 &+ $1.nodes }
        depth = 1 + (children.map(\.depth).max() ?? 0)
    }
}

extension SourceNode {
    var isMap: Bool { if case .map = content { true } else { false } }

    /// YAML's own tags are not kept.
    func tagged(_ name: String) -> SourceNode {
        guard name.hasPrefix("!"), name.utf8.count > 1 else { return self }
        var node = self
        node.tag = name
        return node
    }

    /// The node as a constant.
    var json: JSONValue {
        switch content {
        case .scalar(let value, _): value
        case .list(let elements): .array(elements.map(\.json))
        case .map(let entries): .object(JSONObject(entries.map { ($0.key, $0.value.json) }))
        }
    }

    /// For "expected a list, found …".
    var kind: String {
        switch content {
        case .scalar(.null, _): "nothing"
        case .scalar(let value, _): value.kind
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// A document that was read as JSON, where no place but the beginning is known.
    init(json: JSONValue, at location: SourceLocation) {
        switch json {
        case .array(let elements):
            self.init(.list(elements.map { SourceNode(json: $0, at: location) }), at: location)
        case .object(let object):
            let entries = object.map { key, value in
                Entry(key: key, keyLocation: location, value: SourceNode(json: value, at: location))
            }
            self.init(.map(entries), at: location)
        default: self.init(.scalar(json, text: json.stringValue ?? json.text), at: location)
        }
    }
}
