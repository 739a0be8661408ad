import ArgumentParser
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol

/// `fnfctl execution run`
struct ExecutionRun: Verb {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs an execution of an Express flow and shows its end.",
        discussion: """
            An Express flow is applied with --mode express: its tasks answer at once, it ends within five \
            minutes, and each run is an execution of its own, kept under the name that is shown. Exit status \
            10 when it did not succeed. A Standard flow is run by: fnfctl execution start FLOW --wait

            Examples:
              fnfctl execution run Quote --input '{"price":"100"}'
              fnfctl execution run Quote --name q-1 --input @input.json -o json
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String

    @Option(help: ArgumentHelp("Begins the execution's name; need not be unique.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("A JSON object: as text, @FILE, or - for standard input.", valueName: "json"))
    var input: String?

    @Option(help: ArgumentHelp("A version or an alias of the flow.", valueName: "qualifier"))
    var qualifier: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    /// Units: seconds. Longer than any Express execution.
    private static let patience: Duration = .seconds(330)

    func validate() throws {
        if let name, let fault = NameRule.check(name, kind: .execution) { throw ValidationError("\(fault).") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let document: String? =
            if let input { try TextArgument.object(input, for: "--input").text } else { nil }
        let end = try await global.peers(session).call(
            StartSyncExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.input = document
                $0.qualifier = qualifier
            }, on: .flowEngine, within: Self.patience)
        let record = ExecutionRecord(end, input: document ?? "{}")
        session.show(ExecutionReport.one(record, now: session.world.now), as: form.output)
        try ExecutionEnd.check(record)
    }
}

extension ExecutionRecord {
    /// As DescribeExecution would show it.
    fileprivate init(_ end: StartSyncExecution.Result, input text: String) {
        self.init()
        flowName = end.flowName
        name = end.name
        status = end.status
        input = text
        output = end.output
        error = end.errorCode.isEmpty ? nil : end.errorCode
        cause = end.errorMessage.isEmpty ? nil : end.errorMessage
        startedTime = end.startedTime
        stoppedTime = end.stoppedTime
    }
}
