import ArgumentParser
import RPCProtocol
import ServiceKit

@main
struct SupplierRulesMain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplier-rules",
        abstract: "Says which payment methods a supplier offers; started by its sockets.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(
            of: "supplier-rules", options, SupplierRulesConfiguration.load)
        ServiceMain.run(
            name: "supplier-rules", doors: [.client, .admin, .task], options: options,
            logLevel: configuration.logLevel
        ) { context in
            try SupplierRulesHost(context, configuration)
        }
    }
}
