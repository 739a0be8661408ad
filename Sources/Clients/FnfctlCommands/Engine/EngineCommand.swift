import ArgumentParser

/// `fnfctl engine …`
struct EngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine", abstract: "The flow engine itself: latencies, backlogs, storage.",
        discussion: "Example:\n  fnfctl engine show", subcommands: [EngineShow.self])
}
