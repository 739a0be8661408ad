import ArgumentParser

/// `fnfctl task …`
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Open tasks: end one by hand.",
        discussion:
            "Example:\n  fnfctl task fail OrderDemo-Jiyuan ORDER payment --error OutOfStock",
        subcommands: [TaskSucceed.self, TaskFail.self], aliases: ["tasks"])
}
