import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule update`
struct ScheduleUpdate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Changes what is given of a schedule.",
        discussion: """
            Another expression counts from now on; with the rest the next time stays.

            Examples:
              fnfctl schedule update Greeting mornings --expression "0 0 9 * * MON-FRI"
              fnfctl schedule update Greeting mornings --payload @payload.json
            """)

    @OptionGroup var names: ScheduleNames

    @Option(help: ArgumentHelp("When it fires, in quotes.", valueName: "expression")) var expression: String?

    @Option(help: ArgumentHelp("JSON: as text, @FILE, or - for standard input.", valueName: "json"))
    var payload: String?

    @Option(help: ArgumentHelp("What it is for.", valueName: "text")) var description: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if expression == nil, payload == nil, description == nil {
            throw ValidationError("Name what changes: --expression, --payload or --description.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let document = try names.payload(payload)
        let record = try await global.peers(session).call(
            UpdateSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
                $0.cronExpression = expression
                $0.payload = document
                $0.description = description
            }, on: .flowEngine)
        session.show(ScheduleReport.one(record, now: session.world.now), as: form.output)
    }
}
