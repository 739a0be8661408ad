import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule disable`
struct ScheduleDisable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Lets a schedule rest; executions that it started go on.",
        discussion: "Example:\n  fnfctl schedule disable Greeting mornings")

    @OptionGroup var names: ScheduleNames
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            UpdateSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
                $0.enable = false
            }, on: .flowEngine)
        session.show(ScheduleReport.one(record, now: session.world.now), as: form.output)
    }
}
