import ArgumentParser
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier preview`
struct SupplierPreview: Verb {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Shows what setting or unsetting a supplier's methods would change.",
        discussion: """
            Nothing is changed. Orders whose methods are on offer already keep them.

            Examples:
              fnfctl supplier preview haidilao zhifubao,unionpay
              fnfctl supplier preview haidilao --unset
            """)

    @Argument(help: ArgumentHelp("The supplier's name.", valueName: "supplier")) var supplier: String

    @Argument(help: ArgumentHelp("Payment methods, in the order of the offer.", valueName: "methods"))
    var listed: [String] = []

    @Flag(help: "What would be on offer without the methods that were set.") var unset = false

    @Option(help: ArgumentHelp("What is ordered, separated by commas.", valueName: "names")) var products = ""
    @Option(help: ArgumentHelp("Where to.", valueName: "text")) var address = ""
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard unset != methods.isEmpty else { return }
        throw ValidationError("Name payment methods, e.g. zhifubao,weixin, or give --unset.")
    }

    private var methods: [String] { SupplierSet.methods(in: listed) }

    func run(in session: Session) async throws(CommandFailure) {
        let methods = methods
        let answer = try await global.peers(session).call(
            PreviewSupplierRule.self,
            .with {
                $0.supplier = supplier
                $0.paymentMethods = unset ? nil : methods
                $0.products = products
                $0.address = address
            }, on: .supplierRules)
        session.show(SupplierReport.preview(answer), as: form.output)
    }
}
