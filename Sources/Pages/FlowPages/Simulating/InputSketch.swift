import FlowDefinition
import Primitives

/// What a flow or a task seems to be given, from the paths that its definition reads.
enum InputSketch {
    /// The members of the execution's Input that steps at the top read, with empty texts.
    static func input(of definition: FlowDefinition) -> JSONObject {
        var sketch = JSONObject()
        let mappings = definition.steps.flatMap { $0.inputMappings ?? [] } + (definition.inputMappings ?? [])
        for case .input(let path) in mappings.map(\.source) { add(path, to: &sketch) }
        return sketch
    }

    /// The members of a task's result that its own output takes.
    static func result(of step: Step) -> JSONObject {
        var sketch = JSONObject()
        for case .local(let path) in (step.outputMappings ?? []).map(\.source) { add(path, to: &sketch) }
        return sketch
    }

    private static func add(_ path: JSONPath, to sketch: inout JSONObject) {
        if case .key(let key)? = path.components.first, sketch[key] == nil { sketch[key] = "" }
    }
}
