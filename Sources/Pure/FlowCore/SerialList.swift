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
    private mutating func add(_ output: JSONObject) {
        if output.isEmpty { return }
        for (key, value) in output {
            if let old = inherited[key] { inheritedSize -= JSONObject.memberSize(key, old.measure.size) }
            inheritedSize += JSONObject.memberSize(key, value.measure.size)
        }
        local = local.merging(output)
        inherited = inherited.merging(output)
    }

    /// Ends the running step.
    ///
    /// - Parameter output: what joins the local; nil: what was recorded of the step before.
    mutating func leave(output: JSONObject?, next: Int) {
        if let output = output ?? run?.output { add(output) }
        position = next
        run = nil
    }

    /// The same, with a local that was written whole.
    mutating func leave(local: JSONObject, next: Int) {
        replaceLocal(local)
        position = next
        run = nil
    }

    mutating func replaceLocal(_ local: JSONObject) {
        self.local = local
        inherited = input.merging(local)
        inheritedSize = inherited.measure.size
    }

    /// Where a step of this name lies, the next one first; nil: the list has none.
    func position(ofNext name: String) -> Int? {
        if position < steps.count, steps[position].name == name { return position }
        return steps.firstIndex { $0.name == name }
    }

    /// What comes behind the running step.
    ///
    /// - Parameter target: of a goto. Nil is returned when the list has no such step.
    func position(behindRunning target: String?) -> Int? {
        if let target { return steps.firstIndex { $0.name == target } }
        if steps[position].end { return steps.count }
        if case .succeed = steps[position].body { return steps.count }
        return position + 1
    }

    /// Asked for each event: a comparison with nil would copy the run.
    var isRunning: Bool {
        if case .none = run { false } else { true }
    }

    var runningStep: Step? { isRunning ? steps[position] : nil }

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
        var depth = count
        while depth > 0 {
            depth -= 1
            if self[depth].isRunning, self[depth].steps[self[depth].position].name == stepName {
                return depth
            }
        }
        return nil
    }

    /// One thing of the running step at a depth, without copying the rest; nil when none runs there.
    func run<Value>(at depth: Int, _ read: (borrowing StepRun) -> Value) -> Value? {
        guard depth < count else { return nil }
        switch self[depth].run {
        case .none: return nil
        case .some(let run): return read(run)
        }
    }

    /// The innermost step that has been entered.
    var innermostRunning: (depth: Int, step: Step)? {
        var depth = count
        while depth > 0 {
            depth -= 1
            if self[depth].isRunning { return (depth, self[depth].steps[self[depth].position]) }
        }
        return nil
    }
}
