import FlowCore
import FlowDefinition
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Tasks whose service is this engine: they start an execution. The start and what the task's execution
/// records of it are one commit, so a child is started once for each attempt. Source: fdl §5.4, §5.5.
extension FlowEngineService {
    /// - Parameter name: the flow's, when the resource names it; else the parameters do.
    func startChild(flow name: String?, for execution: Int64, _ invocation: TaskInvocation) {
        do throws(RPCError) {
            let parent = try answeredWorker(execution)
            let start = try checkedChild(flow: name, of: parent, invocation)
            if let existing = start.existing {
                return try answerExisting(existing, for: parent, invocation)
            }
            // First the parent: a child that ends at once reports to a task that has been submitted.
            _ = try? step(parent, invocation.answered(start.answer(at: world.now)))
            try beginBeside(start)
        } catch {
            refuseChild(for: execution, invocation, error)
        }
    }

    /// Starts what the parent's history already tells of: both are committed, or neither.
    private func beginBeside(_ start: CheckedStart) throws(RPCError) {
        do throws(RPCError) { _ = try begin(start) } catch {
            tickFault = .unavailable(path: "of the engine", reason: error.message)
            throw error
        }
    }

    private func checkedChild(
        flow name: String?, of parent: ExecutionWorker, _ invocation: TaskInvocation
    ) throws(RPCError) -> CheckedStart {
        let parameters = ChildParameters(invocation)
        let name = if let name { name } else { try parameters.text("FlowName") }
        var request = StartRequest(flow: try flow(name, parameter: "FlowName"))
        request.name = try parameters.optionalText("ExecutionName")
        request.qualifier = try parameters.optionalText("Qualifier")
        request.inputText = try parameters.input
        request.labels = parent.entry.labels
        if invocation.pattern == .sync {
            let depth = parent.entry.origin.depth + 1
            guard depth <= settings.limits.childDepthMax else {
                throw .argument(
                    "FlowName",
                    "\(settings.limits.childDepthMax) executions already wait for one another; "
                        + "a flow that goes on for ever starts its next execution with "
                        + "pattern requestResponse")
            }
            request.origin.depth = depth
            request.origin.awaiting = AwaitingTask(
                execution: parent.id, scheduledEventID: invocation.scheduledEventID, isParent: true)
        } else {
            request.origin.awaiting = try awaitingTask(
                try parameters.optionalText("CallbackFnFTaskToken"), parameter: "CallbackFnFTaskToken")
        }
        return try checked(request)
    }

    /// A start under the name of an execution that runs is answered with that execution, as StartExecution
    /// does it, unless the task would have to wait for what another has started.
    private func answerExisting(
        _ existing: ExecutionEntry, for parent: ExecutionWorker, _ invocation: TaskInvocation
    ) throws(RPCError) {
        guard existing.isOpen, invocation.pattern != .sync else {
            throw .executionAlreadyExists(existing)
        }
        _ = try? step(parent, invocation.answered(existing.answer))
    }

    private func refuseChild(for execution: Int64, _ invocation: TaskInvocation, _ error: RPCError) {
        if error.isTransient {
            toRevive.insert(execution)
            return scheduleRevival()
        }
        let failure = FlowFailure(
            error: "fnf.\(error.name.text)", cause: error.message, limits: settings.limits)
        do throws(StoreError) {
            let parent = try worker(execution)
            _ = try? step(parent, invocation.failed(failure))
        } catch {
            cannotContinue(execution, error)
        }
    }

    /// The open task that a token names, which waits for a report.
    func awaitingTask(_ text: String, parameter: String) throws(RPCError) -> AwaitingTask? {
        guard !text.isEmpty else { return nil }
        let (token, entry) = try genuine(text, parameter: parameter)
        let worker = try answeredWorker(entry.execution)
        if let outcome = worker.machine.taskOutcome(scheduledEventID: token.scheduledEventID) {
            throw .taskAlreadyCompleted(outcome: outcome.type, eventID: outcome.eventID)
        }
        let task = worker.machine.openTasks.first { $0.scheduledEventID == token.scheduledEventID }
        guard let task else { throw .argument(parameter, "the execution has no such task") }
        guard task.waitsForCallback else {
            throw .argument(
                parameter,
                "the task waits for no report: its pattern is requestResponse; use waitForCallback")
        }
        return AwaitingTask(
            execution: entry.execution, scheduledEventID: token.scheduledEventID, isParent: false)
    }
}

/// The parameters of a start as a task gives them.
private struct ChildParameters {
    let invocation: TaskInvocation

    init(_ invocation: TaskInvocation) { self.invocation = invocation }

    func text(_ name: String) throws(RPCError) -> String {
        let text = try optionalText(name)
        guard !text.isEmpty else { throw .argument(name, "serviceParams do not name it") }
        return text
    }

    /// Empty when it is not given.
    func optionalText(_ name: String) throws(RPCError) -> String {
        guard let value = invocation.serviceParams[name], value != .null else { return "" }
        guard let text = value.stringValue else {
            throw .argument(name, "expected a string, found \(value.kind)")
        }
        return text
    }

    /// The step's input unless the parameters say otherwise; an object, or the text of one.
    var input: String {
        get throws(RPCError) {
            switch invocation.serviceParams["Input"] {
            case nil: return JSONValue.object(invocation.input).text
            case .string(let text)?: return text
            case .object(let object)?: return JSONValue.object(object).text
            case let other?:
                throw .argument("Input", "expected an object or the text of one, found \(other.kind)")
            }
        }
    }
}

extension CheckedStart {
    /// What a start answers, without the texts that the parent's history has already.
    func answer(at now: Timestamp) -> JSONValue {
        startAnswer(flow: request.flow.name, name: request.name, started: now)
    }
}

extension ExecutionEntry {
    fileprivate var answer: JSONValue { startAnswer(flow: flowName, name: name, started: started) }
}

private func startAnswer(flow: String, name: String, started: Timestamp) -> JSONValue {
    [
        "FlowName": .string(flow), "Name": .string(name), "StartedTime": .string(started.description),
        "Status": .string(ExecutionStatus.running.rawValue),
    ]
}
