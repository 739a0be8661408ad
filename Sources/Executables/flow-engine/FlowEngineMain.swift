import ArgumentParser
import Logging
import RPCProtocol
import ServiceKit

/// The process of flow-engine: `/usr/libexec/fnf/flow-engine`, started by its sockets.
@main
struct FlowEngineMain: ParsableCommand {
    static let name = "flow-engine"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract:
            "Runs flows: keeps every step on disk, calls the services that do the work, waits for them.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        let configuration = ServiceMain.configuration(of: Self.name, options) { folder in
            try FlowEngineConfiguration(folder: folder)
        }
        ServiceMain.run(
            name: Self.name, doors: [.client, .admin, .report], options: options,
            logLevel: configuration.logLevel
        ) { context in
            try HostedFlowEngine(context, configuration)
        }
    }
}
