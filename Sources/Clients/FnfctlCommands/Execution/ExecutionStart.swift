import ArgumentParser
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol

/// `fnfctl execution start`
struct ExecutionStart: Verb {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Starts an execution of a flow.",
        discussion: """
            The same name with the same input again is answered with the execution that there is.

            Examples:
              fnfctl execution start Greeting --name run-1 --input '{"who":"world"}' --wait
              fnfctl execution start Greeting --input @input.json --label order=o-1 -o name
              fnfctl execution start Greeting --qualifier prod
            """)

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String

    @Option(help: ArgumentHelp("The execution's name (default: a new UUID).", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("A JSON object: as text, @FILE, or - for standard input.", valueName: "json"))
    var input: String?

    @Option(
        help: ArgumentHelp("A version's number or an alias (default: the flow as it is).", valueName: "name"))
    var qualifier: String?

    @Option(help: ArgumentHelp("For logs and for who calls tasks; may be repeated.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        defaultAsFlag: TimeSpan.endless,
        help: ArgumentHelp(
            "Wait for its end, at most so long; status 10 when it did not succeed.", valueName: "time"))
    var wait: TimeSpan?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let name, let fault = NameRule.check(name, kind: .execution) { throw ValidationError("\(fault).") }
        for text in label where Self.pair(text) == nil {
            throw ValidationError("--label takes KEY=VALUE, not \"\(text)\".")
        }
    }

    private static func pair(_ text: String) -> (String, JSONValue)? {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
        return (String(text[..<sign]), .string(String(text[text.index(after: sign)...])))
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let document: String? =
            if let input { try TextArgument.object(input, for: "--input").text } else { nil }
        var record = try await peers.call(
            StartExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name ?? makeUUID(from: session.world)
                $0.input = document
                $0.qualifier = qualifier
                $0.labels = JSONObject(label.compactMap(Self.pair))
            }, on: .flowEngine)
        if let wait {
            if form.output == .table { session.note("execution \(record.name) started") }
            record = try await ExecutionEnd.wait(
                flow: flow, execution: record.name, limit: wait.duration ?? peers.timeout, peers)
        }
        session.show(ExecutionReport.one(record, now: session.world.now), as: form.output)
        if wait != nil { try ExecutionEnd.check(record) }
    }
}
