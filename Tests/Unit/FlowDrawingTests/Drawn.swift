import FlowDefinition
import FlowDrawing
import FlowModel
import FlowParsing
import Testing

/// A flow from its steps, in YAML.
func flow(_ steps: String) throws -> FlowDefinition {
    let text = "version: v1\ntype: flow\nsteps:\n\(steps)"
    let result = FlowParser.parse(text)
    return try #require(
        result.definition, "\(result.diagnostics.map { $0.text(file: "flow", source: text) })")
}
