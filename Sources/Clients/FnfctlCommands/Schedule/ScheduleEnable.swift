import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule enable`
struct ScheduleEnable: Verb {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Lets a schedule fire again, from now on; what it missed is not made up for.",
        discussion: "Example:\n  fnfctl schedule enable Greeting mornings")

    @OptionGroup var names: ScheduleNames
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            UpdateSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
                $0.enable = true
            }, on: .flowEngine)
        session.show(ScheduleReport.one(record, now: session.world.now), as: form.output)
    }
}
