import FlowDefinition

/// A document that is no flow definition at all, but something that is often taken for one.
struct ForeignDocument {
    let code: String
    let message: String
    let location: SourceLocation
    let fix: String

    /// Nil for a document that may be a definition.
    init?(_ node: SourceNode) {
        guard case .map(let entries) = node.content else { return nil }
        let keys = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        if let entry = Self.cloudFlow(keys) {
            self.init(
                language: "CloudFlow's newer language (Type: StateMachine, SpecVersion, States)", entry)
        } else if let entry = keys["StartAt"] ?? keys["States"] {
            self.init(language: "Amazon States Language (StartAt, States)", entry)
        } else if keys["steps"] == nil, let entry = keys["states"] ?? keys["dsl"] {
            self.init(language: "CNCF Serverless Workflow", entry)
        } else if keys["steps"] == nil, let entry = keys["Resources"] ?? keys["resources"] {
            self.init(template: entry)
        } else {
            return nil
        }
    }

    private init(language: String, _ entry: SourceNode.Entry) {
        code = "other-language"
        message = "\"\(entry.key)\" belongs to \(language), which is another language than FDL"
        location = entry.keyLocation
        fix = "write the flow in FDL: version: v1, type: flow, steps; docs/fdl.md is its manual"
    }

    /// A template of ROS, of `fun` or of Serverless Devs holds definitions, or names their files.
    private init(template entry: SourceNode.Entry) {
        code = "template"
        message = "this is a template that deploys flows, not a flow"
        location = entry.keyLocation
        var definitions: [String] = []
        Self.findDefinitions(in: entry.value, depth: 0, &definitions)
        fix =
            definitions.isEmpty
            ? "give the flow's own definition, which begins with version: v1 and type: flow"
            : "give the flow's own definition: " + definitions.prefix(3).joined(separator: ", ")
    }

    private static func cloudFlow(_ keys: [String: SourceNode.Entry]) -> SourceNode.Entry? {
        for key in ["Type", "type"] {
            guard let entry = keys[key], case .scalar(_, "StateMachine") = entry.value.content else {
                continue
            }
            return entry
        }
        if let entry = keys["States"], case .list = entry.value.content { return entry }
        return keys["SpecVersion"]
    }

    private static func findDefinitions(in node: SourceNode, depth: Int, _ found: inout [String]) {
        guard case .map(let entries) = node.content, depth < 4, found.count < 3 else { return }
        for entry in entries {
            switch (entry.key, entry.value.content) {
            case ("DefinitionUri", .scalar(_, let text)), ("definition", .scalar(_, let text)):
                found.append("the file \(text)")
            case ("Definition", _), ("definition", _):
                found.append("what stands below line \(entry.keyLocation.line)")
            default: findDefinitions(in: entry.value, depth: depth + 1, &found)
            }
        }
    }
}
