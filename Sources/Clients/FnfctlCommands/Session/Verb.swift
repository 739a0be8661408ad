import ArgumentParser

/// One thing that fnfctl does: its arguments by ArgumentParser, its work in what the process offers.
protocol Verb: ParsableCommand {
    func run(in session: Session) async throws(CommandFailure)
}
