import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule create`
struct ScheduleCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a schedule that starts executions of a flow.",
        discussion: """
            The expression is one argument, in quotes: "@every 60m", or six fields (second, minute, hour, \
            day of month, month, day of week), in UTC or with CRON_TZ=Area/City in front. \
            `fnfctl schedule next` shows what it means. Executions read the payload as $input.payload.

            Examples:
              fnfctl schedule create Greeting hourly "@every 60m"
              fnfctl schedule create Greeting mornings "CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI" \
            --payload '{"who":"world"}'
            """)

    @OptionGroup var names: ScheduleNames

    @Argument(help: ArgumentHelp("When it fires, in quotes.", valueName: "expression"))
    var expression: String

    @Option(help: ArgumentHelp("JSON: as text, @FILE, or - for standard input.", valueName: "json"))
    var payload: String?

    @Option(help: ArgumentHelp("What it is for.", valueName: "text")) var description: String = ""
    @Flag(help: "Make it, and let it rest until `schedule enable`.") var disabled = false
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let document = try names.payload(payload) ?? ""
        let record = try await global.peers(session).call(
            CreateSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
                $0.cronExpression = expression
                $0.payload = document
                $0.description = description
                $0.enable = !disabled
            }, on: .flowEngine)
        session.show(ScheduleReport.one(record, now: session.world.now), as: form.output)
    }
}

/// Which schedule is meant.
struct ScheduleNames: ParsableArguments {
    @Argument(help: ArgumentHelp("The flow's name.", valueName: "flow")) var flow: String
    @Argument(help: ArgumentHelp("The schedule's name.", valueName: "schedule")) var schedule: String

    /// The JSON text of `--payload`.
    func payload(_ argument: String?) throws(CommandFailure) -> String? {
        guard let argument else { return nil }
        return try TextArgument.json(argument, for: "--payload").text
    }
}
