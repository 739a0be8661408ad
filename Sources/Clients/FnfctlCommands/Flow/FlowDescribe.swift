import ArgumentParser
import FlowDefinition
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow describe`
struct FlowDescribe: Verb {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Shows one flow, or one of its versions.",
        discussion: """
            Examples:
              fnfctl flow describe OrderDemo-Jiyuan
              fnfctl flow describe OrderDemo-Jiyuan --definition > order-demo.yaml
              fnfctl flow describe OrderDemo-Jiyuan --version 1
            """,
        aliases: ["show", "get"])

    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Flag(help: "Only the definition's text, byte for byte as it was put in.") var definition = false
    @Option(help: ArgumentHelp("A published version (default: as it is now).", valueName: "number"))
    var version: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            DescribeFlow.self,
            .with {
                $0.name = flow
                $0.flowVersion = version
            }, on: .flowEngine)
        if definition { return session.write(record.definition) }
        session.show(Self.report(record, now: session.world.now), as: form.output)
    }

    static func report(_ flow: FlowRecord, now: Timestamp) -> Report {
        let check = DefinitionCheck(file: flow.name, text: flow.definition)
        var fields: [Report.Field] = [
            .init("Name", flow.name), .init("Description", flow.description.isEmpty ? "-" : flow.description),
            .init("Created", TimeText.full(flow.createdTime, now: now)),
            .init("Changed", TimeText.full(flow.lastModifiedTime, now: now)),
            .init("Definition", "\(check.verdict) (whole: --definition)"),
        ]
        if let version = flow.flowVersion { fields.insert(.init("Version", version), at: 1) }
        if let group = flow.resourceGroupId { fields.append(.init("Group", group)) }
        for variable in flow.environment?.variables ?? [] {
            fields.append(.init("Variable", "\(variable.name)=\(variable.value)"))
        }
        if !flow.roleArn.isEmpty { fields.append(.init("RoleArn", flow.roleArn)) }
        let rows = (check.definition?.allSteps ?? []).map { step -> [Cell] in
            var resource = ""
            if case .task(let task) = step.body { resource = task.resourceArn }
            return [Cell(step.name), Cell(step.body.typeName), Cell(resource)]
        }
        let steps = Table(
            columns: ["Step", "Type", .init("Resource", isElastic: true)], rows: rows, empty: "")
        return Report(
            json: flow.wire, names: [flow.name],
            blocks: [.fields(fields)] + (rows.isEmpty ? [] : [.heading("Steps"), .table(steps)]))
    }
}
