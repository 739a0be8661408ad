import ArgumentParser

/// What every verb that calls a service takes.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder of the services' sockets (default: $FNF_RUNTIME_DIR, else /run/fnf).", valueName: "folder"
        ),
        completion: .directory)
    var socketDir: String?

    @Option(
        help: ArgumentHelp(
            "How long to wait for an answer: 30, 500ms, 2m, 1h (default: 30; with --wait: no limit).",
            valueName: "time"))
    var timeout: TimeSpan?

    func peers(_ session: Session) -> Peers {
        let folder = socketDir ?? session.environment("FNF_RUNTIME_DIR") ?? "/run/fnf"
        let plain = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        return Peers(folder: plain, timeout: timeout?.duration, session: session)
    }
}

/// In which form a verb shows what it read.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Form of the output.", valueName: "form"))
    var output: OutputFormat = .table
}
