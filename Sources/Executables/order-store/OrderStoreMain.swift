import ArgumentParser
import Logging
import RPCProtocol
import ServiceKit

/// The process of order-store: `/usr/libexec/fnf/order-store`, started by its sockets.
@main
struct OrderStoreMain: ParsableCommand {
    static let name = "order-store"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Keeps orders: what was ordered, what was paid, and where each order stands.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(of: Self.name, options) { folder in
            try OrderStoreConfiguration(folder: folder)
        }
        ServiceMain.run(
            name: Self.name, doors: [.client, .admin, .internal, .task], options: options,
            logLevel: configuration.logLevel
        ) { context in
            try HostedOrderStore(context, configuration)
        }
    }
}
