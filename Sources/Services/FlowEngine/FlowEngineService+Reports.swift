import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Results of tasks, reported by whoever holds the token.
extension FlowEngineService {
    func reportTaskSucceeded(
        _ params: ReportTaskSucceeded.Params, key: String?
    ) async throws(RPCError) -> ReportTaskSucceeded.Result {
        let output = JSONValue.object(try parseObject(params.output, parameter: "Output"))
        var result = ReportTaskSucceeded.Result()
        result.eventId = try await report(params.taskToken, key: key, ending: .taskSucceeded) { event in
            .taskSucceeded(scheduledEventID: event, output: output, by: .token(reportKey: key))
        }
        return result
    }

    func reportTaskFailed(
        _ params: ReportTaskFailed.Params, key: String?
    ) async throws(RPCError) -> ReportTaskFailed.Result {
        let failure = try failure(error: params.error, cause: params.cause)
        var result = ReportTaskFailed.Result()
        result.eventId = try await report(params.taskToken, key: key, ending: .taskFailed) { event in
            .taskFailed(scheduledEventID: event, failure, by: .token(reportKey: key))
        }
        return result
    }

    /// Durability: the report is on disk when its event id is returned.
    private func report(
        _ text: String, key: String?, ending: HistoryEventType, _ input: (Int64) -> Input
    ) async throws(RPCError) -> Int64 {
        let (token, entry) = try genuine(text, parameter: "TaskToken")
        let worker = try answeredWorker(entry.execution)
        let transition: Transition
        do throws(InputRefused) { transition = try step(worker, input(token.scheduledEventID)) } catch {
            return try await answerRefused(error, worker, key: key, ending: ending)
        }
        let event = transition.events.first { $0.type.endsTask }?.eventID ?? worker.machine.lastEventID
        try await committed()
        return event
    }

    /// What a token names, when this engine made it.
    func genuine(_ text: String, parameter: String) throws(RPCError) -> (TaskToken, ExecutionEntry) {
        let token: TaskToken
        do throws(TaskTokenFault) { token = try TaskToken(text: text) } catch {
            throw .argument(parameter, error.description)
        }
        let entry = try execution(token.execution, of: token.flow, .staged)
        guard keys.isGenuine(token, execution: entry.execution) else {
            throw .argument(parameter, "the token was not made by this engine for this task")
        }
        return (token, entry)
    }

    /// The same report again is answered as the first was; any other report comes too late.
    private func answerRefused(
        _ refused: InputRefused, _ worker: ExecutionWorker, key: String?, ending: HistoryEventType
    ) async throws(RPCError) -> Int64 {
        // What refused it may itself not be on disk yet.
        try await committed()
        switch refused {
        case .taskEnded(let outcome):
            if let key, outcome.reportKey == key, outcome.type == ending { return outcome.eventID }
            throw .taskAlreadyCompleted(outcome: outcome.type, eventID: outcome.eventID)
        case .executionEnded(let status):
            throw .taskAlreadyCompleted(outcome: status.endEvent, eventID: worker.machine.lastEventID)
        case .reportNotAwaited:
            throw RPCError(
                .taskInvalidState,
                "the task waits for no report: its result is the answer of the service that was called"
            )
        case .unknownTask, .alreadyStarted, .notStarted:
            throw .argument("TaskToken", "the execution has no such task")
        }
    }

    func failure(error: String, cause: String?) throws(RPCError) -> FlowFailure {
        let limits = settings.limits
        guard !error.isEmpty else { throw .argument("Error", "it is empty; name the error") }
        guard error.utf8.count <= limits.errorBytesMax else {
            throw .argument(
                "Error", "it has \(error.utf8.count) bytes; at most \(limits.errorBytesMax) are allowed")
        }
        let cause = cause ?? ""
        guard cause.utf8.count <= limits.causeBytesMax else {
            throw .argument(
                "Cause", "it has \(cause.utf8.count) bytes; at most \(limits.causeBytesMax) are allowed")
        }
        return FlowFailure(error: error, cause: cause, limits: limits)
    }
}
