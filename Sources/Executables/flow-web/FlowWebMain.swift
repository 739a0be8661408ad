import ArgumentParser
import Logging
import RPCProtocol
import ServiceKit

/// The process of flow-web: `/usr/libexec/fnf/flow-web`, started by its sockets.
@main
struct FlowWebMain: ParsableCommand {
    static let name = "flow-web"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Speaks the cloud's protocols over HTTP, so that programs written for the cloud run here.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(of: Self.name, options) { folder in
            try FlowWebConfiguration(folder: folder)
        }
        ServiceMain.run(
            name: Self.name, doors: [.client, .admin], tcp: WebListener.allCases.map(\.rawValue),
            options: options, logLevel: configuration.logLevel
        ) { context in
            try HostedFlowWeb(context, configuration)
        }
    }
}
