import ArgumentParser
import FlowEngineAPI
import RPCProtocol

/// `fnfctl schedule delete`
struct ScheduleDelete: Verb {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Deletes a schedule; executions that it started go on.",
        discussion: "Example:\n  fnfctl schedule delete Greeting mornings", aliases: ["rm"])

    @OptionGroup var names: ScheduleNames
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        _ = try await global.peers(session).call(
            DeleteSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
            }, on: .flowEngine)
        session.write("schedule \(names.schedule) of \(names.flow) deleted\n")
    }
}
