import ArgumentParser
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// `fnfctl order pay`
struct OrderPay: Verb {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Pays an order, as its buyer.",
        discussion: """
            Paying the same again is answered as the first time and charges nothing; anything else for an \
            order that is paid is a conflict (status 5). A payment may come before the methods are on offer: \
            it is kept and checked then.

            Example:
              fnfctl order pay ORDER --method zhifubao --price 100
            """)

    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: String
    @Option(help: ArgumentHelp("One of the methods on offer.", valueName: "name")) var method: String
    @Option(help: ArgumentHelp("The price before discount.", valueName: "decimal")) var price: DecimalNumber
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !price.isPositive { throw ValidationError("--price must be a positive decimal such as 79.90.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let payment = try await global.peers(session).call(
            PayOrder.self,
            .with {
                $0.orderNum = order
                $0.paymentMethod = method
                $0.price = price
            }, on: .paymentGateway)
        session.show(PaymentReport.one(payment, now: session.world.now), as: form.output)
        switch payment.state {
        case .confirmed, .charged: return
        case .accepted:
            session.note(
                "accepted and kept; the flow takes it when it asks for it: fnfctl order show \(order)")
        case .voided:
            throw CommandFailure(
                .conflict, "the payment was not taken: \(payment.reason ?? "no reason was given")",
                next: "fnfctl order show \(order)")
        case .refundDue:
            throw CommandFailure(
                .conflict, "the order was closed when it was charged; the payment is due back",
                next: "fnfctl payment list --order \(order)")
        }
    }
}
