import FlowDefinition

/// A flow in the language of Mermaid, which many readers of Markdown show as a picture.
package enum MermaidText {
    package static func render(_ graph: FlowGraph) -> String {
        let ids = graph.identifiers
        var text = "flowchart TD\n"
        let ends = Set(graph.drawnEdges.flatMap { [$0.from, $0.to] })
        if ends.contains(.start) { text += "  start((start))\n" }
        text += nodes(of: nil, graph, ids, indent: "  ")
        if ends.contains(.end) { text += "  finish(((end)))\n" }
        for edge in graph.drawnEdges {
            text += "  \(id(edge.from, ids)) \(arrow(edge.kind)) \(id(edge.to, ids))\n"
        }
        return text + style
    }

    private static let style = """
          classDef task fill:#e8f0fe,stroke:#3367d6
          classDef choice fill:#fef7e0,stroke:#b06000
          classDef fail fill:#fce8e6,stroke:#c5221f
          classDef succeed fill:#e6f4ea,stroke:#188038

        """

    private static func nodes(
        of group: String?, _ graph: FlowGraph, _ ids: [String: String], indent: String
    ) -> String {
        graph.nodes.filter { $0.group == group }.map { node in
            let id = ids[node.name] ?? ""
            guard node.type == "parallel" || node.type == "foreach" else {
                return "\(indent)\(id)\(shape(node))\(styled(node))\n"
            }
            let inner = nodes(of: node.name, graph, ids, indent: indent + "  ")
            let entry = "\(indent)  \(id)[[\"\(label(node))\"]]\n"
            return "\(indent)subgraph \(id)s[\"\(escaped(node.name))\"]\n\(entry)\(inner)\(indent)end\n"
        }.joined()
    }

    private static func styled(_ node: FlowGraph.Node) -> String {
        ["task", "choice", "fail", "succeed"].contains(node.type) ? ":::\(node.type)" : ""
    }

    private static func shape(_ node: FlowGraph.Node) -> String {
        let text = "\"\(label(node))\""
        return switch node.type {
        case "choice": "{{\(text)}}"
        case "wait": "[/\(text)/]"
        case "succeed", "fail": "([\(text)])"
        default: "[\(text)]"
        }
    }

    private static func label(_ node: FlowGraph.Node) -> String {
        var lines = ["<b>\(escaped(node.name))</b>", escaped(node.caption.kind)]
        if !node.caption.subject.isEmpty { lines.append(escaped(node.caption.subject)) }
        return lines.joined(separator: "<br/>")
    }

    private static func arrow(_ kind: FlowWire.Kind) -> String {
        let label = kind.label
        let line =
            switch kind {
            case .caught: "-.->"
            default: "-->"
            }
        return label.isEmpty ? line : "\(line)|\"\(escaped(label))\"|"
    }

    private static func id(_ place: FlowWire.Place, _ ids: [String: String]) -> String {
        switch place {
        case .start: "start"
        case .end, .threadEnd: "finish"
        case .step(let name): ids[name] ?? ""
        }
    }

    /// Mermaid has entities of its own for what would end a label.
    private static func escaped(_ text: String) -> String {
        text.replacing("#", with: "#35;").replacing("\"", with: "#quot;").replacing("<", with: "#lt;")
            .replacing(">", with: "#gt;").replacing("\n", with: " ")
    }
}
