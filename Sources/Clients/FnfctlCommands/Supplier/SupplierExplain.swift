import ArgumentParser
import Primitives
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier explain`
struct SupplierExplain: Verb {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Walks the rules for an order and says how each fared.",
        discussion: """
            Example:
              fnfctl supplier explain haidilao --products "beef,lotus root" --address "West Lake 1"
            """)

    @Argument(help: ArgumentHelp("The supplier's name.", valueName: "supplier")) var supplier: String
    @Option(help: ArgumentHelp("What is ordered, separated by commas.", valueName: "names")) var products = ""
    @Option(help: ArgumentHelp("Where to.", valueName: "text")) var address = ""

    @Option(
        help: ArgumentHelp(
            "When it is submitted, e.g. 2026-11-23T09:30:00Z (default: now).", valueName: "time"))
    var time: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let time, Timestamp(rfc3339: time) == nil {
            throw ValidationError("--time takes a time such as 2026-11-23T09:30:00Z.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            ExplainSupplier.self,
            .with {
                $0.supplier = supplier
                $0.products = products
                $0.address = address
                $0.time = time
            }, on: .supplierRules)
        session.show(SupplierReport.explanation(answer), as: form.output)
    }
}
