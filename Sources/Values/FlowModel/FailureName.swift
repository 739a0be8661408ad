/// The error names the engine itself raises or treats apart. Source: fdl §6, and §13 where the cloud's name
/// is unknown.
package enum FailureName {
    /// In `retry` and `catch`: matches every error.
    package static let all = "FnF.ALL"
    /// A task, or a child flow as a whole, did not end within its `timeoutSeconds`.
    package static let taskTimeout = "FnF.TaskTimeout"
    /// A task's result is no JSON object and there are no `outputMappings` to make one of it.
    package static let invalidLocal = "FnF.InvalidLocal"
    /// A failure that names no error of its own, e.g. a `fail` step without `error`.
    package static let runtimeError = "FnF.RuntimeError"
    /// A mapping or a service parameter reads a path that is not there.
    package static let invalidMapping = "FnF.InvalidMapping"
    /// A step's input holds something the step cannot use: a wait without a time, a foreach without an array.
    package static let invalidInput = "FnF.InvalidInput"
    /// Input, output and local of one step together are larger than `FlowLimits.stepDataBytesMax`. Not
    /// catchable.
    package static let dataLimitExceeded = "FnF.DataLimitExceeded"
    /// The history reached `FlowLimits.historyEventsMax`. Not catchable.
    package static let historyLimitExceeded = "FnF.HistoryLimitExceeded"
    /// No binding in `resources.d` matches the task's resource.
    package static let unboundResource = "FnF.UnboundResource"
    /// The task's HTTP endpoint is none that the allow-list of http-egress names.
    package static let addressNotAllowed = "FnF.AddressNotAllowed"
    /// The failure of an execution that was stopped without one, as a parent flow sees it.
    package static let stopped = "FnF.ExecutionStopped"
    /// The failure with which an execution is stopped whose awaiting task has ended before it.
    package static let parentEnded = "FnF.ParentEnded"
}
