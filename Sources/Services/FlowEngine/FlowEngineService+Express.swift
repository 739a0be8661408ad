import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Express executions: the same machine and the same journal, and the starter waits for the end.
extension FlowEngineService {
    func startSyncExecution(
        _ params: StartSyncExecution.Params
    ) async throws(RPCError) -> StartSyncExecution.Result {
        var request = StartRequest(flow: try flow(params.flowName, parameter: "FlowName"))
        guard request.flow.isExpress else {
            throw .argument(
                "FlowName",
                "\(params.flowName) is a Standard flow; StartExecution starts it, and DescribeExecution with "
                    + "WaitTimeSeconds waits for its end")
        }
        request.name = params.executionName ?? ""
        request.qualifier = params.qualifier ?? ""
        request.inputText = params.input ?? ""
        let id = try begin(try checked(request)).id
        try await committed()
        // Its own timeout ends it in time; the margin is for a disk that refuses for a while.
        let longest = Duration.seconds(settings.limits.expressSecondsMax * 2)
        if try entryNow(id).isOpen { try await waitForEnd(of: id, atMost: longest) }
        await settle()
        return try result(of: try entryNow(id))
    }

    private func result(of entry: ExecutionEntry) throws(RPCError) -> StartSyncExecution.Result {
        let record = try record(entry, full: true)
        var result = StartSyncExecution.Result()
        result.flowName = record.flowName
        result.name = record.name
        result.status = record.status
        result.output = record.output
        result.errorCode = record.error ?? ""
        result.errorMessage = record.cause ?? ""
        result.startedTime = record.startedTime
        result.stoppedTime = record.stoppedTime
        return result
    }
}
