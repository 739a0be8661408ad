import ArgumentParser
import Primitives
import RPCProtocol
import ServiceKit

/// The process of flow-web: `/usr/libexec/fnf/flow-web`, started by its sockets.
@main
struct FlowWebMain: ParsableCommand {
    static let name = "flow-web"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "To be written.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        ServiceMain.run(name: Self.name, doors: [.admin], options: options) { _ in HostedFlowWeb() }
    }
}

struct HostedFlowWeb: HostedService {
    let methods = HandlerTable()

    func recover() async throws {}
}
