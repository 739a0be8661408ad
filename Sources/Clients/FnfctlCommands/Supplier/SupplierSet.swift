import ArgumentParser
import RPCProtocol
import SupplierRulesAPI

/// `fnfctl supplier set`
struct SupplierSet: Verb {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Sets what a supplier offers, over any rule of a file.",
        discussion: """
            In force for the next order, and kept over restarts until it is unset.

            Examples:
              fnfctl supplier set haidilao zhifubao,unionpay
              fnfctl supplier set haidilao --methods zhifubao,unionpay
            """)

    @Argument(help: ArgumentHelp("The supplier's name.", valueName: "supplier")) var supplier: String

    @Argument(help: ArgumentHelp("Payment methods, in the order of the offer.", valueName: "methods"))
    var listed: [String] = []

    @Option(name: .customLong("methods"), help: ArgumentHelp("The same.", valueName: "methods"))
    var named: String?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    private var methods: [String] { Self.methods(in: listed + [named ?? ""]) }

    /// The names of `zhifubao,weixin`.
    static func methods(in texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",") }.map { method in
            String(method.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }

    func validate() throws {
        if methods.isEmpty {
            throw ValidationError("Name at least one payment method, e.g. zhifubao,weixin.")
        }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let methods = methods
        let record = try await global.peers(session).call(
            SetSupplierRule.self,
            .with {
                $0.supplier = supplier
                $0.paymentMethods = methods
            }, on: .supplierRules)
        session.show(SupplierReport.one(record), as: form.output)
    }
}
