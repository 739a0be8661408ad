import ArgumentParser
import RPCProtocol
import ServiceKit

/// The process of http-egress: `/usr/libexec/fnf/http-egress`, started by its sockets.
@main
struct HTTPEgressMain: ParsableCommand {
    static let name = "http-egress"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Sends HTTP requests for the other services, to the addresses of an allow-list only.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(of: Self.name, options) { folder in
            try HTTPEgressConfiguration(folder: folder, allowsLoopback: HostedHTTPEgress.allowsLoopback)
        }
        ServiceMain.run(
            name: Self.name, doors: [.client, .admin, .task], options: options,
            logLevel: configuration.logLevel
        ) { context in
            HostedHTTPEgress(context, configuration)
        }
    }
}
