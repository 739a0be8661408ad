import ArgumentParser
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier list`
struct SupplierList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the suppliers that rules name; * is everyone else.",
        discussion: "Example:\n  fnfctl supplier list", aliases: ["ls"])

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(ListSuppliers.self, NoFields(), on: .supplierRules)
        session.show(SupplierReport.list(answer.suppliers), as: form.output)
    }
}
