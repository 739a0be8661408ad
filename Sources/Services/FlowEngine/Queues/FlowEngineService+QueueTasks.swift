import FlowCore
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Tasks whose resource is a queue of the engine's own.
extension FlowEngineService {
    /// Puts the task's message into the queue and records the task's answer, in one commit: however often the
    /// process is killed, there is one message for each attempt. Source: fdl §5.2.
    func sendFromTask(_ execution: Int64, _ invocation: TaskInvocation, queue name: String) {
        do throws(StoreError) {
            // The one in memory may have been let go since the task was scheduled.
            let worker = try worker(execution)
            do throws(QueueFault) {
                try send(worker, invocation, to: name)
            } catch {
                switch error {
                case .store(let error): throw error
                case .refused(let error):
                    let failure = FlowFailure(
                        error: "MNS.\(error.name.text)", cause: error.message, limits: settings.limits)
                    _ = try? step(worker, invocation.failed(failure))
                }
            }
        } catch {
            // The task is still open on disk, and is sent again when the disk works.
            stageChange()
            cannotContinue(execution, error)
        }
    }

    private func send(
        _ worker: ExecutionWorker, _ invocation: TaskInvocation, to name: String
    ) throws(QueueFault) {
        let letter: Letter
        do throws(RPCError) { letter = try Letter(invocation, queue: name) } catch { throw .refused(error) }
        let queue = try queueOnFirstUse(name)
        let message = try enqueue(letter, in: queue)
        let output: JSONValue = [
            "MessageBodyMD5": .string(letter.md5), "MessageId": .string(message.id),
            "RequestId": .string(
                "\(worker.entry.flowName)/\(worker.entry.name)/\(invocation.scheduledEventID)"),
        ]
        // Nothing follows when the task ended in this very tick, or is being sent already.
        guard let transition = try? step(worker, invocation.answered(output)), !transition.isEmpty else {
            return try queueing { () throws(StoreError) in try store.removeMessage(message.key) }
        }
        queues.tally.sent += 1
        serve(queue.key)
    }

    /// A flow's queue need not be made beforehand: it then has the attributes of a new queue.
    private func queueOnFirstUse(_ name: String) throws(QueueFault) -> StoredQueue {
        if let queue = try queueing({ () throws(StoreError) in try store.queue(named: name) }) {
            return queue
        }
        return try add(plainQueue(name))
    }
}

extension Letter {
    /// The message that a task's parameters say. Source: fdl §5.2, §5.6.
    fileprivate init(_ invocation: TaskInvocation, queue name: String) throws(RPCError) {
        if let fault = QueueName.fault(name) { throw .argument("QueueName", fault) }
        let params = invocation.serviceParams
        try self.init(
            body: TaskCall(invocation).messageText ?? "",
            delay: try Self.integer(params["DelaySeconds"], "DelaySeconds"),
            priority: try Self.integer(params["Priority"], "Priority"))
    }

    /// A number, or its text: flows read numbers from forms and headers.
    private static func integer(_ value: JSONValue?, _ parameter: String) throws(RPCError) -> Int64? {
        switch value {
        case nil, .null: return nil
        case .integer(let number): return number
        case .string(let text):
            if let number = Int64(text) { return number }
            throw .argument(parameter, "\"\(text)\" is no whole number")
        case let other?: throw .argument(parameter, "expected a whole number, found \(other.kind)")
        }
    }
}
