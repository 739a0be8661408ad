import FlowCore
import FlowStore

/// Tasks that the engine answers itself, in the commit that records the answer.
extension FlowEngineService {
    /// Whether somebody answers for the resource.
    func isAnswered(_ arn: String) -> Bool {
        if binding(for: arn) != nil { return true }
        switch EngineResource(arn: arn) {
        case .queue(let name): return QueueName.fault(name) == nil
        case .topic: return existingTopic(of: arn) != nil
        case let resource: return resource != nil
        }
    }

    /// False when the resource is none of the engine's own. A binding of the same resource comes first.
    func deliverInside(_ worker: ExecutionWorker, _ invocation: TaskInvocation) -> Bool {
        switch EngineResource(arn: invocation.resourceArn) {
        case .queue(let name): sendFromTask(worker.id, invocation, queue: name)
        case .topic:
            guard let topic = existingTopic(of: invocation.resourceArn) else { return false }
            publishFromTask(worker.id, invocation, topic: topic)
        case .flow(let name): startChild(flow: name, for: worker.id, invocation)
        case .startExecution: startChild(flow: nil, for: worker.id, invocation)
        case nil: return false
        }
        return true
    }

    /// The topic that a resource names, when somebody has made it. A store that can't be read has none: the
    /// commit of what follows fails then as well.
    func existingTopic(of arn: String) -> StoredTopic? {
        guard case .topic(let name) = EngineResource(arn: arn) else { return nil }
        return (try? store.topic(named: name)) ?? nil
    }
}
