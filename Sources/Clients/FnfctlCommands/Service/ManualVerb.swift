import ArgumentParser

/// `fnfctl manual`, which wrote docs/man/fnfctl.1.
struct ManualVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Prints the manual page in roff.",
        discussion: "Example:\n  fnfctl manual > docs/man/fnfctl.1", shouldDisplay: false)

    func run(in session: Session) async throws(CommandFailure) { session.write(ManualPage.text) }
}
