import FlowDefinition
import FlowEngineAPI
import FlowModel
import RPCProtocol

/// A definition named on the command line: a file, or a flow that the engine knows, `NAME` or `NAME@VERSION`.
struct FlowSource {
    /// For titles and messages: the file, or the flow's name.
    let title: String
    let definition: FlowDefinition

    /// A word is a flow's name when it can be one and no file has it; only then a service is asked.
    init(_ argument: String, _ global: GlobalOptions, _ session: Session) async throws(CommandFailure) {
        let check: DefinitionCheck
        let parts = argument.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? argument
        if argument == "-" || TextArgument.isFile(argument) || NameRule.check(name, kind: .flow) != nil {
            check = try DefinitionCheck(file: argument)
        } else {
            let record = try await global.peers(session).call(
                DescribeFlow.self,
                .with {
                    $0.name = name
                    $0.flowVersion = parts.count == 2 ? String(parts[1]) : nil
                }, on: .flowEngine)
            check = DefinitionCheck(file: argument, text: record.definition)
        }
        try self.init(check, session)
    }

    init(_ check: DefinitionCheck, _ session: Session) throws(CommandFailure) {
        guard let definition = check.definition, check.isValid else {
            check.report(to: session)
            throw CommandFailure(
                .invalidDefinition, "\(check.file) is not a valid flow definition (\(check.verdict))",
                next: "mend it, and check it by: fnfctl flow validate \(check.file)")
        }
        title = check.file
        self.definition = definition
    }
}
