import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule describe`
struct ScheduleDescribe: Verb {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Shows one schedule: when it is due, what it started last.",
        discussion: "Example:\n  fnfctl schedule describe Greeting mornings", aliases: ["show", "get"])

    @OptionGroup var names: ScheduleNames
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            DescribeSchedule.self,
            .with {
                $0.flowName = names.flow
                $0.scheduleName = names.schedule
            }, on: .flowEngine)
        session.show(ScheduleReport.one(record, now: session.world.now), as: form.output)
    }
}
