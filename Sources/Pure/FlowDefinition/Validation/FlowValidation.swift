package import FlowModel

/// Looks for what is legal and still wrong. It rather says nothing than something untrue.
package enum FlowValidation {
    package static let rules: [any FlowRule.Type] = [
        CallbackWithoutTimeout.self, ChoiceWithoutDefault.self, ClauseNeverApplies.self,
        ConstantLooksLikePath.self, ErrorMappingsWithoutCatch.self, OnlyTimeoutCaught.self,
        ParameterMissing.self, ParameterNotTaken.self, ParameterOutOfRange.self, PathNotProduced.self,
        ResultLost.self, RetryOutlivesTimeout.self, TokenOutsideTask.self, TokenSpent.self,
        UnreachableStep.self,
    ]

    /// Warnings, in no particular order.
    ///
    /// - Parameter isWhole: false when errors kept parts of the definition from being read; then only the
    ///   rules run that look at one step at a time.
    package static func warnings(of definition: FlowDefinition, isWhole: Bool = true) -> [Diagnostic] {
        let flow = ExaminedFlow(definition, isWhole: isWhole)
        var findings = Findings()
        for rule in rules where isWhole || !rule.needsWholeFlow { rule.check(flow, &findings) }
        return findings.diagnostics
    }
}
