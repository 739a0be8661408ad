import FlowCore
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Tasks whose resource is a topic.
extension FlowEngineService {
    /// Publishes the task's message and records the task's answer, in one commit: however often the process
    /// is killed, there is one message for each attempt.
    func publishFromTask(_ execution: Int64, _ invocation: TaskInvocation, topic: StoredTopic) {
        answering(execution, invocation) { (worker) throws(QueueFault) in
            let publication = try publication(of: invocation, in: topic)
            let output: JSONValue = [
                "MessageBodyMD5": .string(publication.md5), "MessageId": .string(publication.message.id),
                "RequestId": .string(worker.attemptKey(invocation)),
            ]
            // Nothing follows when the task ended in this very tick, or is being published already.
            guard let transition = try? step(worker, invocation.answered(output)), !transition.isEmpty else {
                return
            }
            do throws(StoreError) { try publish(publication) } catch {
                // The answer must not be committed without the message.
                tickFault = error
                throw .store(error)
            }
        }
    }

    /// Publishes a message that goes to a binding as well, once for each attempt; the binding is called when
    /// that is on disk.
    func publishBeforeCall(
        _ execution: Int64, _ invocation: TaskInvocation, _ binding: ResourceBinding, topic: StoredTopic
    ) {
        answering(execution, invocation) { (worker) throws(QueueFault) in
            let key = worker.attemptKey(invocation)
            let known = try queueing { () throws(StoreError) in
                try store.keyedAnswer(queue: KeyedPlace(topic).area, key: key)
            }
            if known == nil {
                let publication = try publication(of: invocation, in: topic)
                try queueing { () throws(StoreError) in
                    try publish(publication)
                    try note(key, in: KeyedPlace(topic), digest: publication.md5, answer: "{}")
                }
            } else if !isCommitScheduled {
                return dispatch(worker, invocation, binding)
            }
            stageTopicChange()
            topics.publishing.insert(execution)
            onCommit.append { engine in engine.dispatchIfOpen(execution, invocation, binding) }
        }
    }

    private func dispatchIfOpen(
        _ execution: Int64, _ invocation: TaskInvocation, _ binding: ResourceBinding
    ) {
        let key = TaskKey(execution: execution, scheduledEventID: invocation.scheduledEventID)
        guard !isDraining, dispatcher.delivery(key) == nil, let worker = try? worker(execution),
            worker.entry.isOpen, worker.machine.taskOutcome(scheduledEventID: key.scheduledEventID) == nil
        else { return }
        dispatch(worker, invocation, binding)
    }

    /// A refusal fails the attempt; when the store does not work, the attempt waits for it.
    private func answering(
        _ execution: Int64, _ invocation: TaskInvocation,
        _ body: (ExecutionWorker) throws(QueueFault) -> Void
    ) {
        do throws(StoreError) {
            // The one in memory may have been let go since the task was scheduled.
            let worker = try worker(execution)
            do throws(QueueFault) { try body(worker) } catch {
                switch error {
                case .store(let error): throw error
                case .refused(let error):
                    let failure = FlowFailure(
                        error: "MNS.\(error.name.text)", cause: error.message, limits: settings.limits)
                    _ = try? step(worker, invocation.failed(failure))
                }
            }
        } catch {
            // The task is still open on disk, and is published again when the disk works.
            stageChange()
            cannotContinue(execution, error)
        }
    }

    private func publication(
        of invocation: TaskInvocation, in topic: StoredTopic
    ) throws(QueueFault) -> Publication {
        let leaflet: Leaflet
        do throws(RPCError) { leaflet = try Leaflet(invocation, topic: topic.name) } catch {
            throw .refused(error)
        }
        return try publication(of: leaflet, in: topic, toBinding: false)
    }
}

extension Leaflet {
    /// The message that a task's parameters say; `Priority` has no meaning for a topic, and
    /// `MessageAttributes` none on this host. Source: fdl §5.2, §5.6.
    fileprivate init(_ invocation: TaskInvocation, topic: String) throws(RPCError) {
        let tag: String?
        switch invocation.serviceParams["MessageTag"] {
        case nil, .null: tag = nil
        case .string(let text): tag = text
        case let other?: throw .argument("MessageTag", "expected a text, found \(other.kind)")
        }
        try self.init(topic: topic, body: TaskCall(invocation).messageText ?? "", tag: tag)
    }
}

extension ExecutionWorker {
    /// What names an attempt to whoever is called for it.
    fileprivate func attemptKey(_ invocation: TaskInvocation) -> String {
        "\(entry.flowName)/\(entry.name)/\(invocation.scheduledEventID)"
    }
}
