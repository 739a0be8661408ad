import ArgumentParser

/// How much of a list is shown.
struct PageOptions: ParsableArguments {
    static let rowsUnasked = 60

    @Option(
        help: ArgumentHelp("Show at most so many (default: \(PageOptions.rowsUnasked)).", valueName: "count"))
    var limit: Int?

    @Flag(help: "Show all of them.")
    var all = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
        if limit != nil, all { throw ValidationError("--limit and --all contradict each other.") }
    }

    /// Asks for page after page until there are enough.
    ///
    /// - Parameter pageMax: the most that the method gives at once.
    func collect<Row: Sendable>(
        pageMax: Int64, _ page: (Int64, String?) async throws(CommandFailure) -> (rows: [Row], next: String?)
    ) async throws(CommandFailure) -> (rows: [Row], isCut: Bool) {
        let wanted = all ? Int.max : limit ?? Self.rowsUnasked
        var rows: [Row] = []
        var token: String?
        repeat {
            let size = min(pageMax, Int64(wanted - rows.count))
            let answer = try await page(size, token)
            rows += answer.rows
            token = answer.next.flatMap { $0.isEmpty ? nil : $0 }
        } while token != nil && rows.count < wanted
        return (rows, token != nil)
    }

    func tellIfCut(_ isCut: Bool, _ count: Int, _ session: Session) {
        if isCut { session.note("the first \(count) are shown; there are more: --all or --limit") }
    }
}
