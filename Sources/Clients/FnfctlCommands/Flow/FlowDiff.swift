import ArgumentParser
import FlowDefinition
import Primitives

/// `fnfctl flow diff`
struct FlowDiff: Verb {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Tells what a flow does otherwise than another.",
        discussion: """
            Compares what the definitions mean: steps added and removed, attributes changed, ways on that \
            lead elsewhere. Comments, order of keys and layout do not count. Exit status 0 when both mean \
            the same, 1 when they differ. A word that is no file is the name of a flow that the engine \
            knows, or NAME@VERSION.

            Examples:
              fnfctl flow diff OrderDemo-Jiyuan order-demo.yaml
              fnfctl flow diff OrderDemo-Jiyuan@1 order-demo.yaml
              fnfctl flow diff old.yaml new.yaml -o json
            """)

    /// The forms of the difference.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case table, json
    }

    @Argument(
        help: ArgumentHelp("What it is now: a flow's name, or a file.", valueName: "name|file"),
        completion: .file())
    var old: String

    @Argument(
        help: ArgumentHelp("What it would be; - is standard input.", valueName: "file"), completion: .file())
    var new: String

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Form of the output.", valueName: "form"))
    var output: Form = .table

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let wanted = try FlowSource(try DefinitionCheck(file: new), session)
        let present = try await FlowSource(old, global, session)
        let difference = FlowDifference(from: present.definition, to: wanted.definition)
        switch output {
        case .json: session.write(DifferenceReport.json(difference).prettyText + "\n")
        case .table: session.show(DifferenceReport.table(difference), as: .table)
        }
        if !difference.isEmpty { throw .silent(.failed) }
    }
}
