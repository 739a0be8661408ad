import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// What executions wait for.
enum OpenTasks {
    static func list(_ flow: String, _ execution: String, _ peers: Peers) async throws(CommandFailure)
        -> [OpenTask]
    {
        try await peers.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = flow
                $0.executionName = execution
            }, on: .flowEngine
        ).tasks
    }
}

/// Which task is meant: by its token, or by where it is.
struct TaskTarget: ParsableArguments {
    @Argument(
        help: ArgumentHelp("TOKEN, or FLOW EXECUTION STEP.", valueName: "task"))
    var task: [String] = []

    func validate() throws {
        if task.count != 1, task.count != 3 {
            throw ValidationError("Name the task by its TOKEN, or by FLOW EXECUTION STEP.")
        }
    }

    func token(_ peers: Peers) async throws(CommandFailure) -> String {
        if task.count == 1 { return task[0] }
        let (flow, execution, step) = (task[0], task[1], task[2])
        let open = try await OpenTasks.list(flow, execution, peers)
        guard let match = open.first(where: { $0.stepName == step }) else {
            let others = open.map(\.stepName).joined(separator: ", ")
            throw CommandFailure(
                .notFound, "execution \(execution) does not wait for a task of step \(step)",
                next: others.isEmpty
                    ? "it waits for no task: fnfctl execution describe \(flow) \(execution)"
                    : "it waits for: \(others)")
        }
        guard let token = match.taskToken else {
            throw CommandFailure(
                .conflict,
                "the task of step \(step) has no token that may be reported now (it is \(match.state))",
                next: "fnfctl execution describe \(flow) \(execution)")
        }
        return token
    }
}
