import ArgumentParser
import FlowModel
import FlowParsing

/// `fnfctl flow fmt`
struct FlowFormat: Verb {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Writes definitions in canonical YAML; keeps comments and order.",
        discussion: """
            The canonical text goes to standard output; --write changes the files instead, and --check only \
            tells which would change, with exit status 1 if any would. A definition with errors is left \
            alone, exit status 8. What is written is read back first: it says the same, or nothing is written.

            Two blanks a level, lists indented below their key, one kind of quotes; what stands in brackets \
            and fits on a line stays, but steps, choices and branches always have lines of their own. JSON \
            becomes YAML.

            Examples:
              fnfctl flow fmt order-demo.yaml
              fnfctl flow fmt --write flows/*.yaml
              fnfctl flow fmt --check flows/*.yaml
            """, aliases: ["format"])

    @Argument(help: ArgumentHelp("Files; - is standard input.", valueName: "file"), completion: .file())
    var files: [String]

    @Flag(help: "Only tell which files are not canonical.")
    var check = false

    @Flag(help: "Change the files.")
    var write = false

    func validate() throws {
        if check, write { throw ValidationError("--check and --write contradict each other.") }
        if write, files.contains("-") { throw ValidationError("--write needs files, not standard input.") }
        if !check, !write, files.count > 1 {
            throw ValidationError("Several files need --write or --check: printed, they would be one text.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        var changed = 0
        var refused = 0
        for file in files {
            let text = try TextArgument.file(file)
            guard let formatted = formatted(text, file, session) else {
                refused += 1
                continue
            }
            if formatted != text { changed += 1 }
            if check, formatted != text { session.write("\(file)\n") }
            if write, formatted != text {
                try FileReplacement.put(formatted, at: file)
                session.note("\(file): written")
            }
            if !check, !write { session.write(formatted) }
        }
        guard refused == 0 else { throw .silent(.invalidDefinition) }
        if check, changed > 0 {
            throw CommandFailure(
                .failed, "\(DefinitionCheck.count(changed, "file")) not in canonical form",
                next: "fnfctl flow fmt --write FILE …")
        }
    }

    private func formatted(_ text: String, _ file: String, _ session: Session) -> String? {
        let name = file == "-" ? "standard input" : file
        do throws(FormattingRefused) { return try FlowFormatter.format(text) } catch {
            switch error {
            case .invalid(let diagnostics):
                for diagnostic in diagnostics where diagnostic.severity == .error {
                    session.note(diagnostic.text(file: name, source: text))
                }
                session.note("\(name): left as it is, because it has errors")
            case .unfaithful(let reason): session.note("\(name): left as it is: \(reason)")
            }
            return nil
        }
    }
}
