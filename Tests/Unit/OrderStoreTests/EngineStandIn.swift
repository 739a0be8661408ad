import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol

/// An engine that keeps to the contract and runs nothing: a test says how its executions end.
actor EngineStandIn {
    nonisolated let loop = TestLoop()
    private var flows: Set<String>
    private(set) var executions: [String: ExecutionRecord] = [:]
    /// Starts that made an execution, not repeats.
    private(set) var starts = 0
    private var items: [WatchExecutions.Item] = []
    private var readers: [Int: AsyncStream<WatchExecutions.Item>.Continuation] = [:]
    private var readersMade = 0
    private var startRefusal: RPCError?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(flows: Set<String> = ["OrderDemo-Jiyuan"]) { self.flows = flows }

    nonisolated var table: HandlerTable {
        var table = HandlerTable()
        table.on(StartExecution.self) { (params, _) throws(RPCError) in try await self.start(params) }
        table.on(DescribeExecution.self) { (params, _) throws(RPCError) in
            try await self.describe(params.executionName)
        }
        table.on(stream: WatchExecutions.self) { (params, _, sink) throws(RPCError) in
            for await item in try await self.read(after: params.afterSequence) { try sink.send(item) }
            if Task.isCancelled { throw RPCError(.canceled, "the reader is gone") }
            return NoFields()
        }
        return table
    }

    func putIn(_ flow: String) { flows.insert(flow) }

    func refuseStarts(_ error: RPCError?) { startRefusal = error }

    private func start(_ params: StartExecution.Params) throws(RPCError) -> ExecutionRecord {
        if let startRefusal { throw startRefusal }
        guard flows.contains(params.flowName) else {
            throw RPCError(.flowNotExists, "there is no flow \(params.flowName)")
        }
        let name = params.executionName ?? ""
        if let known = executions[name] {
            if known.status == "Running", known.input == params.input { return known }
            throw RPCError(
                .executionAlreadyExists, "there is an execution \(name)",
                details: ["input": .string(known.input), "status": .string(known.status)])
        }
        let record = ExecutionRecord.with {
            $0.flowName = params.flowName
            $0.name = name
            $0.input = params.input ?? ""
            $0.status = "Running"
            $0.labels = params.labels
        }
        executions[name] = record
        starts += 1
        tell(record)
        return record
    }

    private func describe(_ name: String) throws(RPCError) -> ExecutionRecord {
        guard let record = executions[name] else {
            throw RPCError(.executionNotExists, "there is no execution \(name)")
        }
        return record
    }

    /// Ends an execution, which need not have been started through this object.
    func end(
        _ name: String, _ status: String, error: String? = nil, cause: String? = nil, flow: String? = nil
    ) {
        var record = executions[name] ?? .with { $0.name = name }
        record.flowName = flow ?? (record.flowName.isEmpty ? "OrderDemo-Jiyuan" : record.flowName)
        record.status = status
        record.error = error
        record.cause = cause
        executions[name] = record
        tell(record)
    }

    private func tell(_ record: ExecutionRecord) {
        let item = WatchExecutions.Item.with {
            $0.sequence = Int64(items.count + 1) * 10
            $0.flowName = record.flowName
            $0.executionName = record.name
            $0.status = record.status
            $0.error = record.error
            $0.cause = record.cause
            $0.labels = record.labels
        }
        items.append(item)
        for reader in readers.values { reader.yield(item) }
    }

    private func read(after sequence: Int64) throws(RPCError) -> AsyncStream<WatchExecutions.Item> {
        guard sequence <= items.last?.sequence ?? 0 else {
            throw RPCError(.invalidArgument, "AfterSequence \(sequence) is beyond the last")
        }
        let (stream, continuation) = AsyncStream<WatchExecutions.Item>.makeStream()
        for item in items where item.sequence > sequence { continuation.yield(item) }
        readersMade += 1
        readers[readersMade] = continuation
        return stream
    }

    /// Ends every stream, as a restart does.
    func dropReaders() {
        for reader in readers.values { reader.finish() }
        readers = [:]
    }

    var readerCount: Int { readers.count }
}
