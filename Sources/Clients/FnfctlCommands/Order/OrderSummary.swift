import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `fnfctl order summary`
struct OrderSummary: Verb {
    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Counts orders by status, with their money in exact decimals.",
        discussion: """
            Examples:
              fnfctl order summary --by-supplier
              fnfctl order summary --since 2026-11-23T00:00:00Z --until 2026-11-24T00:00:00Z
            """)

    @Option(help: ArgumentHelp("Only those of this supplier.", valueName: "name")) var supplier: String?
    @Flag(help: "Each supplier by itself, those with most orders first.") var bySupplier = false
    @OptionGroup var stretch: StretchOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            SummarizeOrders.self,
            .with {
                $0.supplier = supplier
                $0.since = stretch.since
                $0.until = stretch.until
                $0.bySupplier = bySupplier
            }, on: .orderStore)
        session.show(OrderReport.summary(answer), as: form.output)
        if answer.suppliersLeftOff > 0 {
            session.note("\(answer.suppliersLeftOff) suppliers with fewer orders are not shown")
        }
    }
}
