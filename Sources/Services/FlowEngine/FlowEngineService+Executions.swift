import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Starting, stopping and describing executions.
extension FlowEngineService {
    func startExecution(_ params: StartExecution.Params) async throws(RPCError) -> ExecutionRecord {
        var request = StartRequest(flow: try flow(params.flowName, parameter: "FlowName"))
        guard !request.flow.isExpress else {
            throw .argument(
                "FlowName",
                "\(params.flowName) is an Express flow; StartSyncExecution runs it (fnfctl execution run)")
        }
        request.name = params.executionName ?? ""
        request.qualifier = params.qualifier ?? ""
        request.inputText = params.input ?? ""
        try checkLabels(params.labels)
        request.labels = params.labels
        let start = try checked(request)
        if let existing = start.existing { return try await started(existing) }
        let worker = try begin(try awaited(start, by: params.callbackFnFTaskToken))
        // Taken now: when the commit is over, the execution may have gone on.
        let record = try record(worker.entry, full: true)
        try await committed()
        return record
    }

    /// A repeated start is answered also when the task has meanwhile got its report.
    private func awaited(_ start: CheckedStart, by token: String?) throws(RPCError) -> CheckedStart {
        var request = start.request
        request.origin.awaiting = try awaitingTask(token ?? "", parameter: "CallbackFnFTaskToken")
        return CheckedStart(request: request, input: start.input, existing: nil)
    }

    /// The answer to a start under a name that is taken.
    private func started(_ existing: ExecutionEntry) async throws(RPCError) -> ExecutionRecord {
        try await committed()
        let entry = try entryNow(existing.execution)
        if entry.isOpen { return try record(entry, full: true) }
        let (input, _) = try texts(entry)
        var error = RPCError.executionAlreadyExists(entry)
        error.details["input"] = .string(input)
        throw error
    }

    func stopExecution(_ params: StopExecution.Params) async throws(RPCError) -> ExecutionRecord {
        let found = try execution(params.executionName, of: params.flowName, .staged)
        var failure: FlowFailure?
        if params.error?.isEmpty == false || params.cause?.isEmpty == false {
            failure = try self.failure(error: params.error ?? FailureName.stopped, cause: params.cause)
        }
        let worker = try answeredWorker(found.execution)
        do throws(InputRefused) { try step(worker, .stop(failure)) } catch {
            try await committed()
            throw .executionAlreadyCompleted(try entryNow(found.execution))
        }
        let record = try record(worker.entry, full: true)
        try await committed()
        return record
    }

    func describeExecution(_ params: DescribeExecution.Params) async throws(RPCError) -> ExecutionRecord {
        let seconds = try params.waitTimeSeconds.inRange(0...60, parameter: "WaitTimeSeconds") ?? 0
        await settle()
        let found = try execution(params.executionName, of: params.flowName, .committed)
        if found.isOpen, seconds > 0 {
            try await waitForEnd(of: found.execution, atMost: .seconds(seconds))
            await settle()
        }
        return try record(try entryNow(found.execution), full: true)
    }

    /// Returns when the execution has ended or the time is over.
    func waitForEnd(of execution: Int64, atMost time: Duration) async throws(RPCError) {
        let id = nextParkedID()
        endWaiters[execution, default: []].insert(id)
        let timer = loop.after(time) { [self] in assumeIsolated { $0.unpark(id) } }
        let error = await park(id)
        timer.cancel()
        endWaiters[execution]?.remove(id)
        if endWaiters[execution]?.isEmpty == true { endWaiters[execution] = nil }
        if let error { throw error }
    }

    func listExecutions(_ params: ListExecutions.Params) async throws(RPCError) -> ListExecutions.Result {
        let flow = try flow(params.flowName, parameter: "FlowName")
        let limit = try params.limit.inRange(1...100, parameter: "Limit") ?? 60
        var filter = ExecutionFilter(flow: flow.key, namePrefix: params.executionNamePrefix ?? "")
        if let status = params.status, !status.isEmpty {
            guard let known = ExecutionStatus(rawValue: status) else {
                let names = ExecutionStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw .argument("Status", "\"\(status)\" is none of \(names)")
            }
            filter.status = known
        }
        filter.startedFrom = try time(params.startedTimeBegin, parameter: "StartedTimeBegin")
        filter.startedUntil = try time(params.startedTimeEnd, parameter: "StartedTimeEnd")
        filter.qualifier = try qualifierFilter(params.qualifier)
        if params.mapRunName?.isEmpty == false {
            throw .argument(
                "MapRunName", "map runs belong to the newer CloudFlow language; leave it out")
        }
        let isFull = params.metadataOnly == false
        let before = try params.nextToken.number(parameter: "NextToken") ?? .max
        await settle()
        let wanted = filter
        let found = try answering { () throws(StoreError) in
            try index.entries(wanted, before: before, limit: Int(limit) + 1)
        }
        var page = Page<ExecutionRecord>(limit: Int(limit), bytesMax: settings.wire.replyBytesMax)
        for entry in found {
            let record = try record(entry, full: isFull)
            guard page.add(record, bytes: record.bytes) else { break }
        }
        var result = ListExecutions.Result()
        result.executions = page.items
        if page.items.count < found.count, let last = found.prefix(page.items.count).last {
            result.nextToken = "\(last.execution)"
        }
        return result
    }
}
