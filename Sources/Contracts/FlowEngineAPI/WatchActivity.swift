package import RPCProtocol

/// The counts of all executions, now and whenever they have changed: at most one item in 250 ms, however
/// much happens. It does not end by itself. Ours: the cloud has no such action.
package enum WatchActivity: RPCStreamMethod {
    package typealias Params = NoFields
    package typealias Result = NoFields
    package typealias Item = ActivitySummary

    package static let summary = "Follows the counts of executions"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.slowConsumer]
    package static let exampleParams = Params()
    package static let exampleResult = Result()
    package static let exampleItem = Item.with {
        $0.time = "2026-11-23T09:30:01.000Z"
        $0.running = 1
        $0.succeeded = 41
        $0.waitingForCallback = 1
        $0.waitingTasks = 1
        $0.lastHour.started = 2
        $0.lastHour.succeeded = 1
        $0.oldestWaiting = OldestWaiting.with {
            $0.flowName = "Greeting"
            $0.executionName = "run-1"
            $0.stepName = "ask"
            $0.since = "2026-11-23T09:30:00.010Z"
        }
    }
}
