import FlowEngineAPI
import FlowModel
import FlowParsing

/// What the validator says of a definition that was put in.
extension FlowEngineService {
    /// Nil when there is nothing to say, and for a definition that is too large to be judged while others
    /// wait.
    func warnings(of text: String) -> [FlowWarning]? {
        let limits = settings.limits
        guard text.utf8.count <= limits.judgedBytesMax else { return nil }
        let found = FlowParser.validate(text, limits: limits).diagnostics
        let warnings = found.filter { $0.severity == .warning }.prefix(limits.judgedWarningsMax)
        return warnings.isEmpty ? nil : warnings.map(FlowWarning.init)
    }
}

extension FlowWarning {
    fileprivate init(_ diagnostic: Diagnostic) {
        self.init()
        code = diagnostic.code
        message = diagnostic.message
        fix = diagnostic.fix
        line = Int64(diagnostic.line)
        column = Int64(diagnostic.column)
        stepPath = diagnostic.stepPath
    }
}
