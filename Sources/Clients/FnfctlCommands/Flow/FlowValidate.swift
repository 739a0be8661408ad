import ArgumentParser
import Primitives

/// `fnfctl flow validate`
struct FlowValidate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks definitions without any service; tells all faults at once.",
        discussion: """
            Errors, which keep a definition from running, and warnings for what is legal and still wrong: a \
            path that nothing sets, a step that no way leads to, a token passed on after it was spent. Each \
            has its place, a code that stays, and what to write instead.

            Exit status 8 when one of them is invalid; with --strict also when there is a warning.

            Example:
              fnfctl flow validate order-demo.yaml
              fnfctl flow validate --strict -o sarif order-demo.yaml > flows.sarif
            """)

    /// The forms of `OutputFormat`, and one for code review tools.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case table, json, yaml, name
        /// Static Analysis Results Interchange Format 2.1.0.
        case sarif
    }

    @Argument(help: ArgumentHelp("Files; - is standard input.", valueName: "file"), completion: .file())
    var files: [String] = []

    @Option(
        name: [.customShort("f"), .customLong("file")], help: ArgumentHelp("The same.", valueName: "file"),
        completion: .file())
    var named: [String] = []

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Form of the output.", valueName: "form"))
    var output: Form = .table

    func validate() throws {
        if files.isEmpty, named.isEmpty {
            throw ValidationError("Name at least one file; - is standard input.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        var checks: [DefinitionCheck] = []
        for file in named + files { checks.append(try DefinitionCheck(file: file)) }
        show(checks, in: session)
        if !checks.allSatisfy(passes) { throw .silent(.invalidDefinition) }
    }

    private func passes(_ check: DefinitionCheck) -> Bool {
        check.isValid && (check.warningCount == 0 || !strict)
    }

    /// Forms for programs hold the faults themselves; the others leave them to standard error.
    private func show(_ checks: [DefinitionCheck], in session: Session) {
        guard let form = OutputFormat(rawValue: output.rawValue) else {
            session.write(SarifLog.json(checks).prettyText + "\n")
            return
        }
        if form == .table || form == .name { for check in checks { check.report(to: session) } }
        let lines = checks.map { "\($0.file): \($0.verdict)" }
        session.show(
            Report(
                json: .array(checks.map(\.json)), names: checks.filter(passes).map(\.file),
                blocks: [.text(lines.joined(separator: "\n"))]),
            as: form)
    }
}
