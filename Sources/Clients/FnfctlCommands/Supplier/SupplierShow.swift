import ArgumentParser
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier show`
struct SupplierShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what a supplier offers now, and from which rule.",
        discussion: "Example:\n  fnfctl supplier show haidilao", aliases: ["describe", "get"])

    @Argument(help: ArgumentHelp("The supplier's name.", valueName: "supplier")) var supplier: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            DescribeSupplier.self, .with { $0.supplier = supplier }, on: .supplierRules)
        session.show(SupplierReport.one(record), as: form.output)
    }
}
