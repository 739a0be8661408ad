import FlowDefinition
import Primitives

/// Steps that run one after the other over one input and one local.
struct SerialList: Sendable, Equatable {
    let steps: [Step]
    let input: JSONObject
    /// The merge of the outputs of the steps so far.
    private(set) var local = JSONObject()
    /// `input` ⊕ `local`: the own input of a step without inputMappings. Its size is kept up to date rather
    /// than measured, because a step must not cost what it inherits.
    private(set) var inherited: JSONObject
    private(set) var inheritedSize: Int
    /// The step that runs or, between steps, the one that runs next; `steps.count` when the list has ended.
    var position = 0
    /// Nil between steps.
    var run: StepRun?

    init(steps: [Step], input: JSONObject, inputSize: Int) {
        self.steps = steps
        self.input = input
        inherited = input
        inheritedSize = inputSize
    }

    /// A step's output joins the local. Source: fdl §3.2.
    mutating func add(_ output: JSONObject) {
        for (key, value) in output {
            if let old = inherited[key] { inheritedSize -= JSONObject.memberSize(key, old.measure.size) }
            inheritedSize += JSONObject.memberSize(key, value.measure.size)
        }
        local = local.merging(output)
        inherited = inherited.merging(output)
    }

    /// For what was written whole.
    mutating func replaceLocal(_ local: JSONObject) {
        self.local = local
        inherited = input.merging(local)
        inheritedSize = inherited.measure.size
    }

    var runningStep: Step? { run == nil ? nil : steps[position] }

    /// The steps and the next one's place, between steps.
    var between: (steps: [Step], position: Int)? { run == nil ? (steps, position) : nil }

    /// Where it lies; does nothing between steps.
    mutating func changeRun(_ change: (inout StepRun) -> Void) {
        guard var run = run.take() else { return }
        change(&run)
        self.run = run
    }
}

extension [SerialList] {
    /// The innermost list whose running step has this name.
    func depth(of stepName: String) -> Int? {
        indices.last { self[$0].run != nil && self[$0].steps[self[$0].position].name == stepName }
    }
}
