package import FlowDefinition
import FlowModel
package import Primitives

/// Which path gave which value: one line of a step's mappings, as it was evaluated.
package struct MappingTrace: Sendable, Equatable {
    package enum Part: String, Sendable, CaseIterable {
        case input, output, error
    }

    package let part: Part
    package let target: String
    /// As the definition writes it.
    package let source: String
    /// Nil when the path is not there.
    package let value: JSONValue?

    /// The traces of all mappings whose data the story knows.
    package static func traces(of node: StoryNode, _ step: Step) -> [MappingTrace] {
        var traces: [MappingTrace] = []
        if let input = node.listInput, let local = node.listLocal {
            traces += self.traces(
                .input, step.inputMappings, input: input, local: .object(local), recorded: node.input)
        }
        guard let input = node.input else { return traces }
        if node.state == .caught, case .task(let task) = step.body, let failure = node.failure {
            let local: JSONObject = [
                "cause": .string(failure.cause), "code": .string(failure.error),
                "error": .string(failure.error),
            ]
            traces += self.traces(
                .error, task.errorMappings, input: input, local: .object(local), recorded: node.output)
        } else if let result = node.result, node.output != nil {
            traces += self.traces(
                .output, step.outputMappings, input: input, local: result, recorded: node.output)
        }
        return traces
    }

    /// Each mapping by itself, as the language evaluates it; what `$context` gave stands in the record.
    private static func traces(
        _ part: Part, _ mappings: [Mapping]?, input: JSONObject, local: JSONValue, recorded: JSONObject?
    ) -> [MappingTrace] {
        (mappings ?? []).map { mapping in
            let made = try? [mapping].evaluate(input: input, local: local) { _ in recorded?[mapping.target] }
            return MappingTrace(
                part: part, target: mapping.target, source: mapping.source.text,
                value: made?[mapping.target])
        }
    }
}
