import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Starting, stopping and describing executions.
extension FlowEngineService {
    func startExecution(_ params: StartExecution.Params) async throws(RPCError) -> ExecutionRecord {
        let flow = try flow(params.flowName, parameter: "FlowName")
        var name = params.executionName ?? ""
        if name.isEmpty { name = makeUUID(from: world) }
        if let fault = NameRule.check(name, kind: .execution) { throw .argument("ExecutionName", fault) }
        let existing = try answering { () throws(StoreError) in try entry(flow: flow.key, name: name, .staged)
        }
        if let existing { return try await started(existing) }
        let inputText = params.input.flatMap { $0.isEmpty ? nil : $0 } ?? "{}"
        let input = try parseObject(inputText, parameter: "Input")
        try checkLabels(params.labels)
        if params.callbackFnFTaskToken?.isEmpty == false {
            throw .argument(
                "CallbackFnFTaskToken",
                "reporting the end to another task is not part of this release; leave it out")
        }
        let pinned = try resolve(qualifier: params.qualifier, of: flow, executionName: name)
        var origin = ExecutionOrigin()
        pinned.note(in: &origin)
        let start = ExecutionStart(
            flow: flow.key, flowName: flow.name, name: name, definition: pinned.definition,
            labels: params.labels, origin: origin)
        let worker = try begin(start, .start(input: input, inputText: inputText, labels: params.labels))
        // Taken now: when the commit is over, the execution may have gone on.
        let record = try record(worker.entry, full: true)
        try await committed()
        return record
    }

    private func begin(_ start: ExecutionStart, _ input: Input) throws(RPCError) -> ExecutionWorker {
        if let broken { throw RPCError(broken) }
        let definition = try answering { () throws(StoreError) in try definitions.definition(start.definition)
        }
        var machine = ExecutionMachine(
            definition: definition.flow, flow: start.flowName, execution: start.name, limits: settings.limits)
        let id = nextSequence
        let mint = keys.mint(execution: id)
        let transition: Transition
        do throws(InputRefused) { transition = try machine.step(input, at: world.now, mint: mint) } catch {
            throw RPCError(.internalFault, "a new machine refused its start: \(error)")
        }
        let rows = makeRows(of: id, previous: 0, transition, machine, start: start)
        guard var entry = rows.first.flatMap({ ExecutionEntry(first: $0.0, $0.1) }) else {
            throw RPCError(.internalFault, "a new machine recorded nothing at its start")
        }
        for (row, body) in rows.dropFirst() { entry.apply(sequence: row.sequence, body) }
        let worker = ExecutionWorker(machine: machine, entry: entry, mint: mint)
        registry.add(worker)
        stage(rows, worker, transition.commands)
        return worker
    }

    /// The answer to a start under a name that is taken.
    private func started(_ existing: ExecutionEntry) async throws(RPCError) -> ExecutionRecord {
        try await committed()
        let entry = try entryNow(existing.execution)
        if entry.isOpen { return try record(entry, full: true) }
        let (input, _) = try texts(entry)
        throw RPCError(
            .executionAlreadyExists, "Execution \(entry.name) for flow \(entry.flowName) already exists",
            details: ["input": .string(input), "status": .string(entry.status.rawValue)])
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
    private func waitForEnd(of execution: Int64, atMost time: Duration) async throws(RPCError) {
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
