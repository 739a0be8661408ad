import ArgumentParser
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol

/// What an open execution may have a step for.
enum SearchCondition: String, CaseIterable, ExpressibleByArgument {
    case waitingForCallback, retrying, delivering
}

/// `fnfctl execution search`
struct ExecutionSearchVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Searches the executions of all flows, newest first.",
        discussion: """
            TEXT is a part of the name, of a label's value, of the error or its cause; with --payloads input \
            and output are read as well, which takes longer. Every option narrows the search.

            Examples:
              fnfctl execution search 1042
              fnfctl execution search --status Failed --status TimedOut --older-than 1h
              fnfctl execution search --condition waitingForCallback --step payment -o json
              fnfctl execution search --label order=1042
              fnfctl execution search "lotus root" --payloads
            """)

    @Argument(help: ArgumentHelp("Part of a name, label, error or cause.", valueName: "text")) var text:
        String?
    @Option(help: ArgumentHelp("Only those of this flow.", valueName: "flow")) var flow: String?
    @Option(help: ArgumentHelp("Only those with this status; may be repeated.", valueName: "status"))
    var status: [ExecutionStatus] = []
    @Option(help: ArgumentHelp("Only open ones that stand at this step.", valueName: "step")) var step:
        String?
    @Option(
        help: ArgumentHelp(
            "Only open ones with a step that is so: waitingForCallback, retrying or delivering.",
            valueName: "condition"))
    var condition: SearchCondition?
    @Option(help: ArgumentHelp("Only those started at least so long ago.", valueName: "time")) var olderThan:
        TimeSpan?
    @Option(help: ArgumentHelp("Only those started at this time or later, RFC 3339.", valueName: "time"))
    var from: String?
    @Option(help: ArgumentHelp("Only those started before this time, RFC 3339.", valueName: "time"))
    var until: String?
    @Option(help: ArgumentHelp("Only those with this label: NAME=VALUE, or NAME.", valueName: "label"))
    var label: String?
    @Flag(help: "Look for TEXT in input and output, too.") var payloads = false
    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if payloads, text == nil { throw ValidationError("--payloads needs a TEXT to look for.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (executions, isCut) = try await pages.collect(pageMax: 100) {
            (size, token) throws(CommandFailure) in
            var params = params
            params.limit = size
            params.nextToken = token
            let page = try await peers.call(SearchExecutions.self, params, on: .flowEngine)
            // A token that leads into the payloads is not followed unless they are asked for.
            let isOver = !payloads && page.nextToken?.hasPrefix("payload") == true
            return (page.executions, isOver ? nil : page.nextToken)
        }
        session.show(FoundReport.list(executions, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, executions.count, session)
    }

    private var params: SearchExecutions.Params {
        let label = label?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return .with {
            $0.text = text
            $0.flowName = flow
            $0.statuses = status.isEmpty ? nil : status.map(\.rawValue)
            $0.stepName = step
            $0.condition = condition?.rawValue
            $0.olderThanSeconds = olderThan?.duration?.components.seconds
            $0.startedTimeBegin = from
            $0.startedTimeEnd = until
            $0.labelName = label?.first.map(String.init)
            $0.labelValue = label?.count == 2 ? label?.last.map(String.init) : nil
        }
    }
}
