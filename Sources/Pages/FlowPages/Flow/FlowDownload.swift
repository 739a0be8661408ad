import FlowEngineAPI
import FlowDrawing
import FlowModel
import FlowParsing
import WebPages

/// A flow as a file: its text as it was put in, or its picture.
enum FlowDownload {
    static func answer(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let version = request.asked("version")
        let record = try await desk.record(name, version: version, request)
        let file = version.isEmpty ? name : "\(name)-\(version)"
        let form = request.asked("form")
        if form == "yaml" || form.isEmpty {
            return .file(name: "\(file).yaml", contentType: "application/yaml", text: record.definition)
        }
        let drawn = try await desk.workshop.work(request.language) { () -> PageAnswer? in
            guard let definition = FlowParser.parse(record.definition).definition else { return nil }
            let graph = FlowGraph(definition, title: file)
            return switch form {
            case "svg":
                .file(
                    name: "\(file).svg", contentType: "image/svg+xml",
                    text: SVGText.render(definition, title: file))
            case "mermaid":
                .file(name: "\(file).mmd", contentType: "text/plain", text: MermaidText.render(graph))
            case "dot":
                .file(name: "\(file).dot", contentType: "text/vnd.graphviz", text: DotText.render(graph))
            default: nil
            }
        }
        guard let drawn else {
            throw Problem.badField("A flow is written as yaml, svg, mermaid or dot.", request.language)
        }
        return drawn
    }
}
