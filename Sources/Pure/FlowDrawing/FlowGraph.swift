package import FlowDefinition

/// A flow as nodes and edges, for programs that lay graphs out themselves.
package struct FlowGraph: Sendable, Equatable {
    package struct Node: Sendable, Equatable {
        package let name: String
        package let type: String
        package let caption: StepCaption
        /// The parallel or foreach around it; nil at the top and inside nothing but choices.
        package let group: String?
    }

    package let title: String
    /// In the order of the text.
    package let nodes: [Node]
    package let edges: [FlowWire]

    package init(_ definition: FlowDefinition, title: String = "flow") {
        var nodes: [Node] = []
        func add(_ steps: [Step], in group: String?) {
            for step in steps {
                nodes.append(
                    Node(
                        name: step.name, type: step.body.typeName, caption: StepCaption(step), group: group))
                let inner: String? =
                    switch step.body {
                    case .parallel, .foreach: step.name
                    default: group
                    }
                for list in step.body.lists { add(list, in: inner) }
            }
        }
        add(definition.steps, in: nil)
        self.title = title
        self.nodes = nodes
        edges = definition.wires
    }

    /// Edges without those into the end of a branch or iteration, where the group's own edge goes on.
    var drawnEdges: [FlowWire] {
        edges.filter { edge in
            if case .threadEnd = edge.to { return false }
            return true
        }
    }

    /// A word for every node that any language takes: `n0`, `n1` …
    var identifiers: [String: String] {
        Dictionary(nodes.enumerated().map { ($1.name, "n\($0)") }) { first, _ in first }
    }
}

extension FlowWire.Kind {
    /// What stands beside the edge; empty for the plain way on.
    package var label: String {
        switch self {
        case .next, .iteration: ""
        case .condition(let text): text
        case .otherwise: "default"
        case .noneHolds: "no condition holds"
        case .goto: "goto"
        case .caught(let errors): errors.joined(separator: ", ")
        case .branch(let index): "branch \(index)"
        }
    }
}
