import FlowDefinition
import FlowModel
import Primitives

/// The members of one map of the definition.
struct Fields {
    /// For sentences: "a task", "the flow".
    let owner: String
    let location: SourceLocation
    private let entries: [String: SourceNode.Entry]

    init(owner: String, location: SourceLocation, entries: [SourceNode.Entry]) {
        self.owner = owner
        self.location = location
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { $1 }
    }

    /// Nil when the key is absent or has no value.
    subscript(key: String) -> SourceNode? {
        guard let node = entries[key]?.value else { return nil }
        if case .scalar(.null, _) = node.content { return nil }
        return node
    }

    func keyLocation(_ key: String) -> SourceLocation { entries[key]?.keyLocation ?? location }
    var keys: [String] { entries.keys.sorted() }
}

/// Typed members: what is absent is nil; what has the wrong type is reported, and nil as well.
extension DefinitionReader {
    /// Where keys belong that are often written elsewhere.
    private static let properPlace = [
        "goto": "goto stands in a catch and in a branch or the default of a choice; steps run in list order",
        "retry": "only a task is retried; put these steps into a flow of their own and call it as a task",
        "catch": "only a task catches; put these steps into a flow of their own and call it as a task",
        "timeoutSeconds": "a task and the flow have a timeout; put these steps into a flow of their own",
        "errorMappings": "only a task has errorMappings, together with a catch",
    ]

    /// Unknown keys are warned about with the nearest known one; `x-…` are the author's own, for anchors.
    mutating func fields(_ node: SourceNode, of owner: String, known: [String], elsewhere: [String] = [])
        -> Fields?
    {
        guard case .map(let entries) = node.content else {
            faults.error(
                "wrong-type", "\(owner) must be a map of keys and values, found \(node.kind)",
                at: node.location)
            return nil
        }
        for entry in entries where !known.contains(entry.key) {
            if entry.key.hasPrefix("x-") { continue }
            if elsewhere.contains(entry.key) {
                faults.warning(
                    "misplaced-key", "\(owner) has no \"\(entry.key)\"; it is ignored here",
                    at: entry.keyLocation, fix: Self.properPlace[entry.key])
                continue
            }
            let nearest = Self.suggestion(for: entry.key, in: known)
            faults.warning(
                "unknown-key", "\(owner) has no \"\(entry.key)\"; it is ignored", at: entry.keyLocation,
                fix: nearest.map { "did you mean \"\($0)\"?" })
        }
        return Fields(owner: owner, location: node.location, entries: entries)
    }

    /// The known word that is most like the one found; of equally near ones that with the same letters.
    static func suggestion(for word: String, in known: [String]) -> String? {
        let nearest = word.nearest(in: known)
        let letters = word.lowercased().utf8.sorted()
        return nearest.first { $0.lowercased().utf8.sorted() == letters } ?? nearest.first
    }

    mutating func missing(_ key: String, in fields: Fields, fix: String? = nil) {
        faults.error("missing-key", "\(fields.owner) needs \"\(key)\"", at: fields.location, fix: fix)
    }

    mutating func wrongType(_ key: String, _ node: SourceNode, expected: String, fix: String? = nil) {
        faults.error(
            "wrong-type", "\"\(key)\" must be \(expected), found \(node.kind)", at: node.location, fix: fix)
    }

    mutating func string(_ fields: Fields, _ key: String, required: Bool = false) -> String? {
        guard let node = fields[key] else {
            if required { missing(key, in: fields) }
            return nil
        }
        guard case .scalar(let value, let text) = node.content else {
            wrongType(key, node, expected: "a text", fix: Self.templateFix(node))
            return nil
        }
        guard case .string(let string) = value else {
            wrongType(key, node, expected: "a text", fix: "put it in quotes: \"\(text)\"")
            return nil
        }
        guard !string.isEmpty else {
            faults.error("empty", "\"\(key)\" of \(fields.owner) is empty", at: node.location)
            return nil
        }
        return string
    }

    mutating func boolean(_ fields: Fields, _ key: String) -> Bool? {
        guard let node = fields[key] else { return nil }
        guard case .scalar(.bool(let flag), _) = node.content else {
            var fix: String?
            if case .scalar(let value, let text) = node.content {
                switch (value.stringValue ?? text).lowercased() {
                case "true", "yes", "on", "1": fix = "write \(key): true"
                case "false", "no", "off", "0": fix = "write \(key): false"
                default: break
                }
            }
            wrongType(key, node, expected: "true or false", fix: fix)
            return nil
        }
        return flag
    }

    mutating func integer(_ fields: Fields, _ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let node = fields[key] else { return nil }
        guard let number = Self.wholeNumber(node) else {
            var fix: String?
            if case .scalar(.string(let text), _) = node.content, Int64(text) != nil {
                fix = "write \(text) without quotes"
            }
            wrongType(key, node, expected: "an integer", fix: fix)
            return nil
        }
        guard range.contains(number) else {
            outOfRange(key, node, "\(number)", "from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// `3.0` is one too: some writers of JSON know no integers.
    private static func wholeNumber(_ node: SourceNode) -> Int64? {
        switch node.content {
        case .scalar(.integer(let number), _): number
        case .scalar(.number(let number), _): Int64(exactly: number)
        default: nil
        }
    }

    private static func templateFix(_ node: SourceNode) -> String? {
        guard case .map(let entries) = node.content, entries.count == 1, let key = entries.first?.key,
            key.hasPrefix("Fn::") || key == "Ref"
        else { return nil }
        return "\(key) belongs to a template; write what the template tool makes of it"
    }

    mutating func outOfRange(_ key: String, _ node: SourceNode, _ found: String, _ allowed: String) {
        faults.error(
            "out-of-range", "\"\(key)\" is \(found); it must be \(allowed)", at: node.location)
    }

    mutating func list(_ fields: Fields, _ key: String, required: Bool = false) -> [SourceNode]? {
        guard let node = fields[key] else {
            if required { missing(key, in: fields) }
            return nil
        }
        guard case .list(let elements) = node.content else {
            wrongType(key, node, expected: "a list", fix: Self.listFix(key, node))
            return nil
        }
        return elements
    }

    private static func listFix(_ key: String, _ node: SourceNode) -> String {
        switch node.content {
        case .scalar(_, let text) where text.utf8.count <= 128: "write \(key): [\(text)]"
        case .map: "put \"- \" in front of the first key of each element, and indent the others by as much"
        default: "begin each element with \"- \""
        }
    }
}
