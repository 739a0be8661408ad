import ArgumentParser

/// `fnfctl schedule …`
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Schedules: executions that start by the clock.",
        discussion: "Example:\n  fnfctl schedule list",
        subcommands: [
            ScheduleCreate.self, ScheduleUpdate.self, ScheduleList.self, ScheduleDescribe.self,
            ScheduleDelete.self, ScheduleEnable.self, ScheduleDisable.self, ScheduleNext.self,
        ],
        aliases: ["schedules"])
}
