import ArgumentParser
import FlowDrawing

/// `fnfctl flow graph`
struct FlowGraphVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draws a flow: what runs after what, and why.",
        discussion: """
            A file needs no service; a word that is no file is the name of a flow that the engine knows.

            text is a tree for terminals; svg a picture that needs no other program; mermaid goes into \
            Markdown between ```mermaid and ```; dot is for Graphviz. Catches are dashed red lines, gotos \
            violet, a ■ or a dot ends the list.

            Examples:
              fnfctl flow graph order-demo.yaml
              fnfctl flow graph order-demo.yaml -o svg > order-demo.svg
              fnfctl flow graph OrderDemo-Jiyuan -o dot | dot -Tpng > order-demo.png
            """, aliases: ["draw"])

    /// The languages a flow is drawn in.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case text, svg, mermaid, dot
    }

    @Argument(
        help: ArgumentHelp("A file, - for standard input, or a flow's name.", valueName: "file|name"),
        completion: .file())
    var flow: String

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("Form of the output.", valueName: "form"))
    var output: Form = .text

    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let source = try await FlowSource(flow, global, session)
        let title = source.title.split(separator: "/").last.map(String.init) ?? source.title
        switch output {
        case .text:
            session.write(TreeText.render(source.definition, title: title).printable(keepingLines: true))
        case .svg: session.write(SVGText.render(source.definition, title: title))
        case .mermaid: session.write(MermaidText.render(FlowGraph(source.definition, title: title)))
        case .dot: session.write(DotText.render(FlowGraph(source.definition, title: title)))
        }
    }
}
