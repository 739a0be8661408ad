import FlowDefinition
import FlowModel
import Primitives

extension DefinitionReader {
    static let contextPaths = ["task.token", "step.name", "step.eventId", "execution.name", "flow.name"]

    mutating func mappings(_ fields: Fields, _ key: String) -> [Mapping]? {
        list(fields, key).map { nodes in nodes.compactMap { mapping($0, in: key) } }
    }

    private mutating func mapping(_ node: SourceNode, in key: String) -> Mapping? {
        guard let fields = fields(node, of: "an entry of \(key)", known: ["target", "source"]) else {
            return nil
        }
        guard let targetNode = fields["target"] else {
            missing("target", in: fields)
            return nil
        }
        guard case .scalar(_, let target) = targetNode.content else {
            wrongType("target", targetNode, expected: "a text")
            return nil
        }
        guard !target.isEmpty else {
            faults.error("empty", "\"target\" of \(fields.owner) is empty", at: targetNode.location)
            return nil
        }
        guard let source = fields["source"] else {
            if !fields.keys.contains("source") {
                faults.warning(
                    "missing-source", "the mapping of \"\(target)\" has no source and gives null",
                    at: fields.location)
            }
            return Mapping(target: target, source: .constant(.null), location: fields.location)
        }
        do {
            let read = try MappingSource(source.json)
            checkContext(read, at: source.location)
            return Mapping(target: target, source: read, location: source.location)
        } catch {
            badPath(error, source)
            return nil
        }
    }

    private mutating func checkContext(_ source: MappingSource, at location: SourceLocation) {
        guard case .context(let path) = source, !path.components.isEmpty else { return }
        let text = String(path.text.dropFirst())
        guard !Self.contextPaths.contains(where: { $0 == text || $0.hasPrefix("\(text).") }) else { return }
        let nearest = Self.suggestion(for: text, in: Self.contextPaths)
        faults.warning(
            "unknown-context", "$context has no \"\(text)\"; the step will fail", at: location,
            fix: nearest.map { "did you mean $context.\($0)?" })
    }

    /// A parameter's value is a constant, or `$` with a path into the step's own input.
    mutating func serviceParams(_ fields: Fields) -> [ServiceParameter] {
        guard let node = fields["serviceParams"] else { return [] }
        guard case .map(let entries) = node.content else {
            wrongType("serviceParams", node, expected: "a map")
            return []
        }
        return entries.compactMap { entry in
            do throws(ExpressionFault) {
                return try ServiceParameter(
                    name: entry.key, value: entry.value.json, location: entry.value.location)
            } catch {
                badPath(error, entry.value)
                return nil
            }
        }
    }

    /// A path into the step's own input; the text must be one.
    mutating func ownInputPath(_ text: String, _ key: String, _ node: SourceNode) -> JSONPath? {
        do {
            if let path = try JSONPath(text, root: "$") { return path }
            faults.error(
                "bad-path", "\"\(key)\" must be a path into the step's own input, found \"\(text)\"",
                at: node.location,
                fix: Self.ownPathFix(text))
        } catch { badPath(error, node) }
        return nil
    }

    private static func ownPathFix(_ text: String) -> String {
        for root in ["$input", "$local"] {
            if let path = try? JSONPath(text, root: root) {
                return "write $\(path.text), which reads the step's own input; \(root) is for mappings"
            }
        }
        return "write $.key, which reads the step's own input"
    }

    mutating func badPath(_ fault: ExpressionFault, _ node: SourceNode) {
        faults.error(
            "bad-path", "the path cannot be read: \(fault.reason)", at: place(in: node, offset: fault.offset),
            fix: "e.g. $input.a.b, $local.list[0].x, $local[*].x, $input['a key']")
    }

    /// The column inside a scalar, as far as it can be known: a quote takes one place, escapes are not
    /// counted.
    func place(in node: SourceNode, offset: Int) -> SourceLocation {
        SourceLocation(line: node.location.line, column: node.location.column + offset)
    }
}
