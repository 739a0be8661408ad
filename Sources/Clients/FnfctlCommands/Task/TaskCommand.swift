import ArgumentParser

/// `fnfctl task …`
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Open tasks: who waits, and ending one by hand.",
        discussion:
            "Example:\n  fnfctl task fail OrderDemo-Jiyuan ORDER payment --error OutOfStock",
        subcommands: [TaskWaiting.self, TaskSucceed.self, TaskFail.self], aliases: ["tasks"])
}
