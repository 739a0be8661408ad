import ArgumentParser
import PaymentGatewayAPI
import RPCProtocol

/// `fnfctl payment summary`
struct PaymentSummary: Verb {
    static let configuration = CommandConfiguration(
        commandName: "summary", abstract: "Sums payments by state and method, in exact decimals.",
        discussion: "Example:\n  fnfctl payment summary --since 2026-11-23T00:00:00Z")

    @OptionGroup var stretch: StretchOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let answer = try await global.peers(session).call(
            SummarizePayments.self,
            .with {
                $0.since = stretch.since
                $0.until = stretch.until
            }, on: .paymentGateway)
        session.show(PaymentReport.summary(answer), as: form.output)
    }
}
