import ArgumentParser
import PaymentGatewayAPI
import RPCProtocol

/// `fnfctl payment methods`
struct PaymentMethods: Verb {
    static let configuration = CommandConfiguration(
        commandName: "methods", abstract: "Lists the payment methods that the gateway charges by.",
        discussion: "Example:\n  fnfctl payment methods")

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            ListPaymentMethods.self, NoFields(), on: .paymentGateway)
        session.show(PaymentReport.methods(answer), as: form.output)
    }
}
