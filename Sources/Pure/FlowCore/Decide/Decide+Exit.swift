import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Looks the step up again, whose input has been recorded meanwhile, and exits it.
    mutating func exitAnew(
        _ thread: Int64, local: JSONValue, scheduledEventID: Int64? = nil, _ turn: inout Turn
    ) {
        guard let running = runningStep(in: thread) else { return }
        exit(running, local: local, scheduledEventID: scheduledEventID, &turn)
    }

    /// A step that succeeded: its output joins its parent's local. Source: fdl §3.2.
    mutating func exit(
        _ running: RunningStep, local: JSONValue, scheduledEventID: Int64? = nil, goto: String? = nil,
        _ turn: inout Turn
    ) {
        let step = running.step
        let output: JSONObject
        do {
            let context = context(of: running, scheduledEventID: scheduledEventID, turn)
            guard let mapped = try self.output(of: running, local: local, context) else {
                return fail(running, .invalidLocal(local), &turn)
            }
            output = mapped
        } catch { return fail(running, .invalidMapping(error, in: "outputMappings"), &turn) }
        var data = output.measure
        data.size += running.run.inputSize + local.measure.size
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
        of running: RunningStep, local: JSONValue, _ context: StepContext
    ) throws(MappingFault) -> JSONObject? {
        if let mappings = running.step.outputMappings {
            return try mappings.evaluate(
                input: running.run.input, local: local, missingIsNull: limits.missingPathIsNull,
                context: context.value)
        }
        switch running.step.body {
        case .parallel, .foreach: return JSONObject()
        default: return local.objectValue
        }
    }

    mutating func leave(_ running: RunningStep, _ output: JSONObject, goto: String?, _ turn: inout Turn) {
        var stored = JSONObject()
        // Looked up again: the output may have been recorded since.
        let recorded = runningStep(in: running.thread)?.run.output ?? JSONObject()
        if output != recorded { stored["output"] = .object(output) }
        if let goto { stored["goto"] = .string(goto) }
        emit(.stepExited, running.step.name, in: running.thread, stored, &turn)
    }
}
