import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// A step that succeeded: its output joins its parent's local. Source: fdl §3.2.
    mutating func exit(
        _ running: RunningStep, local: JSONValue, scheduledEventID: Int64? = nil, goto: String? = nil,
        _ turn: inout Turn
    ) {
        let step = running.step
        let output: JSONObject
        do {
            guard
                let mapped = try self.output(
                    of: running, local: local,
                    context(of: running, scheduledEventID: scheduledEventID, turn))
            else {
                return fail(running, .invalidLocal(local), &turn)
            }
            output = mapped
        } catch { return fail(running, .invalidMapping(error, in: "outputMappings"), &turn) }
        var data = output.measure
        data.size += inputSize(of: running) + local.measure.size
        if let failure = excess(data) { return fail(running, failure, &turn) }
        switch step.body {
        case .task: break
        default:
            let mapped: JSONObject = step.outputMappings == nil ? [:] : ["output": .object(output)]
            emit(.stepSucceeded, step.name, in: running.thread, mapped, &turn)
        }
        leave(running, output, goto: goto, &turn)
    }

    /// Nil when the local would have to be an object and is none.
    private func output(
        of running: RunningStep, local: JSONValue, _ context: @autoclosure () -> StepContext
    ) throws(MappingFault) -> JSONObject? {
        if let mappings = running.step.outputMappings {
            return try mappings.evaluate(
                input: ownInput(of: running), local: local, missingIsNull: limits.missingPathIsNull,
                context: context().value)
        }
        switch running.step.body {
        case .parallel, .foreach: return JSONObject()
        default: return local.objectValue
        }
    }

    mutating func leave(_ running: RunningStep, _ output: JSONObject, goto: String?, _ turn: inout Turn) {
        var stored = JSONObject()
        let recorded = recordedOutput(of: running) ?? JSONObject()
        if output != recorded { stored["output"] = .object(output) }
        if let goto { stored["goto"] = .string(goto) }
        emit(.stepExited, running.step.name, in: running.thread, stored, &turn)
    }
}
