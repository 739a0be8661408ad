import ConsoleParts
import FlowEngineAPI
import RPCProtocol
import WebPages

/// Which of the open callbacks are shown; the whole of it is in the page's address.
struct WaitingFilter: Sendable, Hashable {
    var flow = ""
    var step = ""
    /// The beginning of the resource's name.
    var resource = ""

    init(_ request: PageRequest) {
        flow = request.asked("flow")
        step = request.asked("step")
        resource = request.asked("resource")
    }

    var isEmpty: Bool { flow.isEmpty && step.isEmpty && resource.isEmpty }

    func place(next: String? = nil) -> String {
        ConsolePaths.with(
            ConsolePaths.waiting, [("flow", flow), ("step", step), ("resource", resource), ("next", next)])
    }

    func params(next: String) -> ListWaitingTasks.Params {
        ListWaitingTasks.Params.with {
            if !flow.isEmpty { $0.flowName = flow }
            if !step.isEmpty { $0.stepName = step }
            if !resource.isEmpty { $0.resource = resource }
            if !next.isEmpty { $0.nextToken = next }
        }
    }

    var command: String {
        let options = [("--flow", flow), ("--step", step), ("--resource", resource)]
        return ShellText.command(
            ["fnfctl", "task", "waiting"]
                + options.filter { !$0.1.isEmpty }.flatMap { [$0.0, $0.1] })
    }
}
