package import RPCProtocol

/// The published names of the engine's errors. Source: fdl §10.3.
extension RPCErrorName {
    package static let invalidArgument: Self = "InvalidArgument"
    package static let entityTooLarge: Self = "EntityTooLarge"
    package static let flowAlreadyExists: Self = "FlowAlreadyExists"
    package static let flowNotExists: Self = "FlowNotExists"
    // Of versions and aliases nothing is published; these are named as the others are.
    package static let flowVersionNotExists: Self = "FlowVersionNotExists"
    package static let flowVersionInUse: Self = "FlowVersionInUse"
    package static let flowAliasNotExists: Self = "FlowAliasNotExists"
    package static let flowAliasAlreadyExists: Self = "FlowAliasAlreadyExists"
    package static let executionAlreadyExists: Self = "ExecutionAlreadyExists"
    package static let executionNotExists: Self = "ExecutionNotExists"
    package static let executionAlreadyCompleted: Self = "ExecutionAlreadyCompleted"
    package static let taskAlreadyCompleted: Self = "TaskAlreadyCompleted"
    package static let taskInvalidState: Self = "TaskInvalidState"
    package static let concurrentUpdateError: Self = "ConcurrentUpdateError"
}
