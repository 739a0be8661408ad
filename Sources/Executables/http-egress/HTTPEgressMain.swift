import ArgumentParser
import Primitives
import RPCProtocol
import ServiceKit

/// The process of http-egress: `/usr/libexec/fnf/http-egress`, started by its sockets.
@main
struct HTTPEgressMain: ParsableCommand {
    static let name = "http-egress"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "To be written.",
        discussion: "It is started by systemd or `fnfctl up`, which hand its sockets over.")

    @OptionGroup var options: ServiceOptions

    func run() {
        ServiceMain.run(name: Self.name, doors: [.admin], options: options) { _ in HostedHTTPEgress() }
    }
}

struct HostedHTTPEgress: HostedService {
    let methods = HandlerTable()

    func recover() async throws {}
}
