import ArgumentParser

/// `fnfctl session …`
struct SessionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "Browsers that are signed in to the console and the shop.",
        discussion: "Example:\n  fnfctl session list", subcommands: [SessionList.self, SessionEnd.self],
        aliases: ["sessions"])
}
