import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl task waiting`
struct TaskWaiting: Verb {
    static let configuration = CommandConfiguration(
        commandName: "waiting",
        abstract: "Lists the tasks of all executions that await a report, longest waiting first.",
        discussion: """
            -o name prints their tokens, which `task succeed` and `task fail` take.

            Examples:
              fnfctl task waiting
              fnfctl task waiting --flow OrderDemo-Jiyuan --step payment -o json
              fnfctl task waiting --resource acs:mns
            """)

    @Option(help: ArgumentHelp("Only those of this flow.", valueName: "flow")) var flow: String?
    @Option(help: ArgumentHelp("Only those of this step.", valueName: "step")) var step: String?
    @Option(help: ArgumentHelp("Only those whose resource begins so.", valueName: "text")) var resource:
        String?
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (tasks, isCut) = try await pages.collect(pageMax: 100) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListWaitingTasks.self,
                .with {
                    $0.flowName = flow
                    $0.stepName = step
                    $0.resource = resource
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.tasks, page.nextToken)
        }
        session.show(FoundReport.waiting(tasks, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, tasks.count, session)
    }
}
