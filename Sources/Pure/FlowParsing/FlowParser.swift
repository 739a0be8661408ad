package import FlowDefinition
package import FlowModel

/// Reads a flow definition from YAML or JSON text.
package enum FlowParser {
    /// The definition, nil when there is an error among the diagnostics; all faults at once, in the order of
    /// the text.
    package static func parse(
        _ text: String, limits: FlowLimits = .standard
    ) -> (definition: FlowDefinition?, diagnostics: [Diagnostic]) {
        let document: SourceNode
        do { document = try DocumentReader.read(text, limits: limits) } catch {
            return (nil, [error.diagnostic])
        }
        var reader = DefinitionReader(limits: limits)
        let definition = reader.flow(document)
        let diagnostics = reader.faults.sorted
        let refused = diagnostics.contains { $0.severity == .error }
        return (refused ? nil : definition, diagnostics)
    }
}
