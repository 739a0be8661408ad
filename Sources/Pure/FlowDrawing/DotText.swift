import FlowDefinition

/// A flow in the language of Graphviz: `fnfctl flow graph … -o dot | dot -Tpng`.
package enum DotText {
    package static func render(_ graph: FlowGraph) -> String {
        let ids = graph.identifiers
        var text = """
            digraph flow {
              label=\(quoted(graph.title)); labelloc=t; compound=true
              graph [fontname="Helvetica" nodesep=0.4 ranksep=0.45]
              node [fontname="Helvetica" fontsize=11 shape=box style="rounded,filled" fillcolor=white]
              edge [fontname="Helvetica" fontsize=9]
              start [shape=circle label="" width=0.2 style=filled fillcolor=black]

            """
        text += nodes(of: nil, graph, ids, indent: "  ")
        if graph.drawnEdges.contains(where: { $0.to == .end }) {
            text += "  finish [shape=doublecircle label=\"\" width=0.15 style=filled fillcolor=black]\n"
        }
        for edge in graph.drawnEdges { text += self.edge(edge, ids) }
        return text + "}\n"
    }

    private static func nodes(
        of group: String?, _ graph: FlowGraph, _ ids: [String: String], indent: String
    ) -> String {
        graph.nodes.filter { $0.group == group }.map { node in
            let id = ids[node.name] ?? ""
            let own = "\(id) [label=\(label(node))\(shape(node.type))]"
            guard node.type == "parallel" || node.type == "foreach" else { return "\(indent)\(own)\n" }
            let inner = nodes(of: node.name, graph, ids, indent: indent + "  ")
            let frame = "\(indent)  style=\"rounded,dashed\"; color=gray50; label=\(quoted(node.name))\n"
            return "\(indent)subgraph cluster_\(id) {\n\(frame)\(indent)  \(own)\n\(inner)\(indent)}\n"
        }.joined()
    }

    private static func shape(_ type: String) -> String {
        switch type {
        case "task": " fillcolor=\"#e8f0fe\""
        case "choice": " shape=hexagon style=filled fillcolor=\"#fef7e0\""
        case "fail": " fillcolor=\"#fce8e6\""
        case "succeed": " fillcolor=\"#e6f4ea\""
        case "parallel", "foreach": " shape=box3d style=filled"
        default: ""
        }
    }

    private static func edge(_ edge: FlowWire, _ ids: [String: String]) -> String {
        var attributes: [String] = []
        if !edge.kind.label.isEmpty { attributes.append("label=\(quoted(edge.kind.label))") }
        if case .caught = edge.kind {
            attributes.append("style=dashed color=\"#c5221f\" fontcolor=\"#c5221f\"")
        }
        let behind = attributes.isEmpty ? "" : " [\(attributes.joined(separator: " "))]"
        return "  \(id(edge.from, ids)) -> \(id(edge.to, ids))\(behind)\n"
    }

    private static func id(_ place: FlowWire.Place, _ ids: [String: String]) -> String {
        switch place {
        case .start: "start"
        case .end, .threadEnd: "finish"
        case .step(let name): ids[name] ?? ""
        }
    }

    private static func label(_ node: FlowGraph.Node) -> String {
        quoted(
            [node.name, node.caption.kind, node.caption.subject].filter { !$0.isEmpty }.joined(
                separator: "\n"))
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped.replacing("\n", with: "\\n"))\""
    }
}
