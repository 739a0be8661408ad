import ArgumentParser
import Primitives
import RPCProtocol

/// `fnfctl discover`
struct DiscoverVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Lists a service's methods; -o json is its OpenRPC document.",
        discussion: """
            With a method: its params, result and errors, and a call to begin with.

            Examples:
              fnfctl discover order-store
              fnfctl discover order-store SubmitOrder
            """)

    @Argument(help: ArgumentHelp("The service.", valueName: "service")) var service: ServiceName
    @Argument(help: ArgumentHelp("One method of it.", valueName: "method")) var method: String?
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let document = try await ServiceDocument.read(service, global.peers(session))
        let report =
            if let method { Self.report(try document.method(method, of: service), of: service) } else {
                Self.report(document, of: service)
            }
        session.show(report, as: form.output)
    }

    static func report(_ document: ServiceDocument, of service: ServiceName) -> Report {
        let rows = document.methods.map { method -> [Cell] in
            [
                Cell(method.name), Cell(method.kind.rawValue),
                Cell(DoorChoice.door(for: method.roles, of: service).rawValue),
                Cell(method.summary),
            ]
        }
        let table = Table(columns: ["Method", "Kind", "Door", .init("Summary", isElastic: true)], rows: rows)
        return Report(json: document.json, names: document.methods.map(\.name), blocks: [.table(table)])
    }

    static func report(_ method: ServiceDocument.Method, of service: ServiceName) -> Report {
        let params = method.json["x-params"] ?? [:]
        let required = Set((params["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        let rows = (params["properties"]?.objectValue ?? [:]).map { name, schema -> [Cell] in
            [
                Cell(name), Cell(schema["type"]?.stringValue ?? "any"),
                Cell(required.contains(name) ? "required" : ""),
                Cell(schema["description"]?.stringValue ?? ""),
            ]
        }
        let errors = (method.json["errors"]?.arrayValue ?? []).compactMap { $0["message"]?.stringValue }
        let example = method.json["examples"]?[0]?["params"] ?? [:]
        let fields: [Report.Field] = [
            .init("Method", method.name), .init("Summary", method.summary),
            .init("Kind", method.kind.rawValue),
            .init("Door", DoorChoice.door(for: method.roles, of: service).rawValue),
            .init("Errors", errors.isEmpty ? "-" : errors.joined(separator: ", ")),
            .init("Example", "fnfctl call \(service.rawValue) \(method.name) '\(example.text)'"),
        ]
        let table = Table(
            columns: ["Parameter", "Type", "", .init("About", isElastic: true)], rows: rows,
            empty: "no parameters")
        return Report(
            json: method.json, names: [method.name],
            blocks: [.fields(fields), .heading("Parameters"), .table(table)])
    }
}
