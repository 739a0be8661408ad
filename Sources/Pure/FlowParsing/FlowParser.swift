package import FlowDefinition
package import FlowModel

/// Reads a flow definition from YAML or JSON text.
package enum FlowParser {
    /// The definition, nil when there is an error among the diagnostics; all faults at once, in the order of
    /// the text.
    package static func parse(
        _ text: String, limits: FlowLimits = .standard
    ) -> (definition: FlowDefinition?, diagnostics: [Diagnostic]) {
        let (definition, faults) = read(text, limits)
        return (faults.hasErrors ? nil : definition, faults.sorted)
    }

    /// The same, and warnings for what is legal and still wrong: for authors. The engine, which runs a
    /// definition as it is, has no use for them and does not wait for them.
    package static func validate(
        _ text: String, limits: FlowLimits = .standard
    ) -> (definition: FlowDefinition?, diagnostics: [Diagnostic]) {
        var (definition, faults) = read(text, limits)
        let isWhole = !faults.hasErrors
        if let definition {
            // A step with an error was not read as its author meant it.
            let broken = faults.stepsWithErrors
            let warnings = FlowValidation.warnings(of: definition, isWhole: isWhole)
            faults.include(warnings.filter { !broken.contains($0.stepPath) })
        }
        return (isWhole ? definition : nil, faults.sorted)
    }

    private static func read(_ text: String, _ limits: FlowLimits) -> (FlowDefinition?, FaultList) {
        let document: SourceNode
        do { document = try DocumentReader.read(text, limits: limits) } catch {
            var faults = FaultList()
            faults.include([error.diagnostic])
            return (nil, faults)
        }
        var reader = DefinitionReader(limits: limits)
        let definition = reader.flow(document)
        return (definition, reader.faults)
    }
}
