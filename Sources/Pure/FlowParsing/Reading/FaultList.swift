import FlowDefinition
import FlowModel
import Primitives

/// The faults found so far, and the step they are found in.
struct FaultList {
    /// Beyond these nobody reads on.
    static let countMax = 500

    private(set) var diagnostics: [Diagnostic] = []
    /// The names of the steps around the place that is being read.
    var path: [String] = []

    mutating func error(_ code: String, _ message: String, at location: SourceLocation, fix: String? = nil) {
        add(.error, code, message, location, fix)
    }

    mutating func warning(_ code: String, _ message: String, at location: SourceLocation, fix: String? = nil)
    {
        add(.warning, code, message, location, fix)
    }

    private mutating func add(
        _ severity: Diagnostic.Severity, _ code: String, _ message: String, _ location: SourceLocation,
        _ fix: String?
    ) {
        guard diagnostics.count < Self.countMax || severity == .error && diagnostics.count < 2 * Self.countMax
        else {
            return
        }
        diagnostics.append(
            Diagnostic(
                severity: severity, code: code, message: message, fix: fix, line: location.line,
                column: location.column, stepPath: path.joined(separator: "/")))
    }

    mutating func include(_ found: [Diagnostic]) {
        diagnostics += found.prefix(max(0, Self.countMax - diagnostics.count))
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// The paths of the steps that have an error of their own.
    var stepsWithErrors: Set<String> {
        Set(diagnostics.filter { $0.severity == .error }.map(\.stepPath))
    }

    var sorted: [Diagnostic] {
        diagnostics.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < (
                    $1.element.line, $1.element.column, $1.offset
                )
            }
            .map(\.element)
    }
}
