import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// The queues themselves: made, changed, shown, deleted.
extension FlowEngineService {
    func createQueue(_ params: CreateQueue.Params) async throws(RPCError) -> QueueRecord {
        if let fault = QueueName.fault(params.queueName) { throw .argument("QueueName", fault) }
        var wanted = plainQueue(params.queueName)
        try apply(params, to: &wanted)
        let known = try answering { () throws(StoreError) in try store.queue(named: params.queueName) }
        if let known {
            guard known.hasAttributes(of: wanted) else { throw .queueAlreadyExist(params.queueName) }
            try await committed()
            return try record(known, created: false)
        }
        let queue: StoredQueue
        do throws(QueueFault) { queue = try add(wanted) } catch { throw error.rpcError }
        try await committed()
        return try record(queue, created: true)
    }

    /// Adds a queue whose name is free.
    func add(_ wanted: StoredQueue) throws(QueueFault) -> StoredQueue {
        let count = try queueing { () throws(StoreError) in try store.queueCount() }
        guard count < settings.queuesMax else { throw .refused(.tooManyQueues(settings.queuesMax)) }
        var queue = wanted
        queue.created = world.now
        queue.modified = queue.created
        let made = queue
        queue.key = try queueing { () throws(StoreError) in
            try changing { () throws(StoreError) in try store.addQueue(made) }
        }
        return queue
    }

    func setQueueAttributes(_ params: SetQueueAttributes.Params) async throws(RPCError) -> QueueRecord {
        let before = try queue(params.queueName)
        var queue = before
        try apply(params, to: &queue)
        if !queue.hasAttributes(of: before) {
            queue.modified = max(world.now, queue.modified)
            let changed = queue
            try answering { () throws(StoreError) in
                try changing { () throws(StoreError) in try store.replaceQueue(changed) }
            }
        }
        try await committed()
        return try record(queue)
    }

    func describeQueue(_ params: DescribeQueue.Params) async throws(RPCError) -> QueueRecord {
        await settle()
        return try record(try queue(params.queueName))
    }

    func listQueues(_ params: ListQueues.Params) async throws(RPCError) -> ListQueues.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        await settle()
        let found = try answering { () throws(StoreError) in
            try store.queues(
                fromName: params.nextToken ?? "", prefix: params.prefix ?? "", limit: Int(limit) + 1)
        }
        var result = ListQueues.Result()
        for queue in found.prefix(Int(limit)) { result.queues.append(try record(queue)) }
        if found.count > limit { result.nextToken = found.last?.name }
        return result
    }

    func deleteQueue(_ params: DeleteQueue.Params) async throws(RPCError) -> NoFields {
        let queue = try queue(params.queueName)
        try answering { () throws(StoreError) in
            try changing { () throws(StoreError) in try store.deleteQueue(queue.key) }
        }
        onCommit.append { engine in
            for receiver in engine.queues.dismiss(queue.key) {
                engine.unpark(receiver.id, .queueNotExist(queue.name))
            }
            engine.showWaiting()
            engine.purgeDeletedQueues()
        }
        try await committed()
        return NoFields()
    }

    func queue(_ name: String) throws(RPCError) -> StoredQueue {
        if let fault = QueueName.fault(name) { throw .argument("QueueName", fault) }
        guard let queue = try answering({ () throws(StoreError) in try store.queue(named: name) }) else {
            throw .queueNotExist(name)
        }
        return queue
    }

    private func record(_ queue: StoredQueue, created: Bool? = nil) throws(RPCError) -> QueueRecord {
        let due = try answering { () throws(StoreError) in
            try store.dueMessages(of: queue.key, until: world.now)
        }
        var record = QueueRecord(queue, due: due)
        record.created = created
        return record
    }
}

// MARK: - What deleted queues leave behind

extension FlowEngineService {
    /// Removes their messages, a batch in each turn of the loop, so that a million of them stop nobody.
    func purgeDeletedQueues() {
        guard !queues.isPurging, !isDraining, broken == nil else { return }
        queues.isPurging = true
        loop.spawn { [self] in await purgeAll() }
    }

    private func purgeAll() async {
        defer { queues.isPurging = false }
        do throws(StoreError) {
            while let queue = try store.unpurgedQueues().first {
                var isLeft = true
                while isLeft, !isDraining, broken == nil {
                    isLeft = try changing { () throws(StoreError) in
                        try store.purgeQueue(queue, limit: settings.queueBatch)
                    }
                    await settle()
                    await nextTurn()
                }
                if isDraining || broken != nil { return }
            }
        } catch {
            // What is left is removed after the next deletion or restart; it is in nobody's way.
            log.storeFault(error, path: error.path)
        }
    }
}
