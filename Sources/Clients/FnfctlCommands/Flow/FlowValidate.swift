import ArgumentParser
import Primitives

/// `fnfctl flow validate`
struct FlowValidate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks definitions without any service; tells all faults at once.",
        discussion: """
            Exit status 8 when one of them is invalid.

            Example:
              fnfctl flow validate order-demo.yaml
            """)

    @Argument(help: ArgumentHelp("Files; - is standard input.", valueName: "file"), completion: .file())
    var files: [String] = []

    @Option(
        name: [.customShort("f"), .customLong("file")], help: ArgumentHelp("The same.", valueName: "file"),
        completion: .file())
    var named: [String] = []

    @OptionGroup var form: OutputOptions

    func validate() throws {
        if files.isEmpty, named.isEmpty {
            throw ValidationError("Name at least one file; - is standard input.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        var checks: [DefinitionCheck] = []
        for file in named + files { checks.append(try DefinitionCheck(file: file)) }
        for check in checks { check.report(to: session) }
        let lines = checks.map { "\($0.file): \($0.verdict)" }
        session.show(
            Report(
                json: .array(checks.map(\.json)), names: checks.filter(\.isValid).map(\.file),
                blocks: [.text(lines.joined(separator: "\n"))]),
            as: form.output)
        if !checks.allSatisfy(\.isValid) { throw .silent(.invalidDefinition) }
    }
}
