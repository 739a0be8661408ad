import ArgumentParser
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier unset`
struct SupplierUnset: Verb {
    static let configuration = CommandConfiguration(
        commandName: "unset",
        abstract: "Takes back what was set, so that the rules of the files decide again.",
        discussion: "Example:\n  fnfctl supplier unset haidilao")

    @Argument(help: ArgumentHelp("The supplier's name.", valueName: "supplier")) var supplier: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let record = try await global.peers(session).call(
            UnsetSupplierRule.self, .with { $0.supplier = supplier }, on: .supplierRules)
        session.show(SupplierReport.one(record), as: form.output)
    }
}
