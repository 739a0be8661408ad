import FlowCore
import FlowStore

/// Tasks that the engine answers itself, in the commit that records the answer.
extension FlowEngineService {
    /// Asked with each attempt, and always for the few names that definitions hold.
    private func resource(_ arn: String) -> EngineResource? {
        if let known = engineResources[arn] { return known }
        if engineResources.count > Self.knownNamesMax { engineResources.removeAll() }
        let resource = EngineResource(arn: arn)
        engineResources.updateValue(resource, forKey: arn)
        return resource
    }

    /// Whether somebody answers for the resource.
    func isAnswered(_ arn: String) -> Bool {
        if binding(for: arn) != nil { return true }
        switch resource(arn) {
        case .queue(let name): return QueueName.fault(name) == nil
        case .topic: return existingTopic(of: arn) != nil
        case let resource: return resource != nil
        }
    }

    /// False when the resource is none of the engine's own. A binding of the same resource comes first.
    func deliverInside(_ worker: ExecutionWorker, _ invocation: TaskInvocation) -> Bool {
        switch resource(invocation.resourceArn) {
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
        guard case .topic(let name) = resource(arn) else { return nil }
        return (try? store.topic(named: name)) ?? nil
    }
}
