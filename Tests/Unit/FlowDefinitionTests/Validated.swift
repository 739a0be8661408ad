import FlowModel
import FlowParsing

/// What the validator says of a flow whose steps begin on line 4.
enum Validated {
    static func text(_ steps: String, flow: String = "") -> String {
        "version: v1\ntype: flow\nsteps:\n\(steps)\n\(flow)"
    }

    /// A flow whose steps are written as elements of a flow sequence.
    static func diagnostics(_ steps: String, flow: String = "") -> [Diagnostic] {
        FlowParser.validate(text(steps, flow: flow)).diagnostics
    }

    static func codes(_ steps: String, flow: String = "") -> [String] {
        diagnostics(steps, flow: flow).map(\.code)
    }

    /// A task that calls a function.
    static func task(_ name: String, _ rest: String = "") -> String {
        "{type: task, name: \(name), resourceArn: 'acs:fc:::functions/f'\(rest.isEmpty ? "" : ", \(rest)")}"
    }

    /// A pass step that sets these.
    static func sets(_ name: String, _ mappings: String) -> String {
        "{type: pass, name: \(name), outputMappings: [\(mappings)]}"
    }
}
