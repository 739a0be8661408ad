import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import RPCProtocol

/// Stopping many at once: all in one commit.
extension FlowEngineService {
    func stopExecutions(_ params: StopExecutions.Params) async throws(RPCError) -> StopExecutions.Result {
        guard (1...100).contains(params.executions.count) else {
            throw .argument("Executions", "there are \(params.executions.count); 1 to 100 are allowed")
        }
        var failure: FlowFailure?
        if params.error?.isEmpty == false || params.cause?.isEmpty == false {
            failure = try self.failure(error: params.error ?? FailureName.stopped, cause: params.cause)
        }
        var items: [(outcome: StopOutcome, execution: Int64?)] = []
        for reference in params.executions { items.append(stop(reference, failure)) }
        try await committed()
        var result = StopExecutions.Result()
        for (outcome, execution) in items {
            var outcome = outcome
            if let execution { outcome.status = try entryNow(execution).status.rawValue }
            if outcome.outcome == "stopped" { result.stopped += 1 }
            result.items.append(outcome)
        }
        return result
    }

    /// Stages the stop; the status is known after the commit.
    private func stop(
        _ reference: ExecutionReference, _ failure: FlowFailure?
    ) -> (outcome: StopOutcome, execution: Int64?) {
        var item = StopOutcome()
        item.flowName = reference.flowName
        item.executionName = reference.executionName
        do throws(RPCError) {
            let found = try execution(reference.executionName, of: reference.flowName, .staged)
            let worker = try answeredWorker(found.execution)
            item.outcome = "stopped"
            do throws(InputRefused) { try step(worker, .stop(failure)) } catch {
                item.outcome = "alreadyEnded"
            }
            return (item, found.execution)
        } catch {
            item.outcome = "refused"
            item.error = error.name.text
            item.message = error.message
            return (item, nil)
        }
    }
}
