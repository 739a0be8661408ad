import ArgumentParser
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// `fnfctl order quote`
struct OrderQuote: Verb {
    static let configuration = CommandConfiguration(
        commandName: "quote", abstract: "Shows what an order costs by each payment method on offer.",
        discussion: """
            The amounts are those that will be charged. An order without a total needs a price.

            Examples:
              fnfctl order quote ORDER
              fnfctl order quote ORDER --price 100
            """)

    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: String

    @Option(help: ArgumentHelp("The price before discount.", valueName: "decimal")) var price: DecimalNumber?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let quote = try await global.peers(session).call(
            QuotePayment.self,
            .with {
                $0.orderNum = order
                $0.price = price
            }, on: .paymentGateway)
        session.show(PaymentReport.quote(quote), as: form.output)
        if let reason = quote.reason { session.note("it can't be paid now: \(reason)") }
    }
}
