import ArgumentParser
import RPCProtocol
import ServiceKit

@main
struct PaymentGatewayMain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment-gateway",
        abstract:
            "Takes buyers' payments, pairs them with the flow's requests, charges; started by its sockets.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(
            of: "payment-gateway", options, PaymentGatewayConfiguration.load)
        ServiceMain.run(
            name: "payment-gateway", doors: [.client, .admin, .task], options: options,
            logLevel: configuration.logLevel
        ) { context in
            try PaymentGatewayHost(context, configuration)
        }
    }
}
