import FlowCore

/// Tasks that the engine answers itself, in the commit that records the answer.
extension FlowEngineService {
    /// Whether somebody answers for the resource.
    func isAnswered(_ arn: String) -> Bool { binding(for: arn) != nil || EngineResource(arn: arn) != nil }

    /// False when the resource is none of the engine's own. A binding of the same resource comes first.
    func deliverInside(_ worker: ExecutionWorker, _ invocation: TaskInvocation) -> Bool {
        switch EngineResource(arn: invocation.resourceArn) {
        case .queue, .flow, .startExecution, nil: return false
        }
    }
}
