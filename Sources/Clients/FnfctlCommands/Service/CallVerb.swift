import ArgumentParser
import Primitives
import RPCProtocol

/// `fnfctl call`
struct CallVerb: Verb {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Calls any method of a service and prints its result as JSON.",
        discussion: """
            The door is chosen by the roles that the method asks for. Of a stream each item is printed on a \
            line of its own.

            Examples:
              fnfctl call flow-engine ListFlows '{"Limit":2}'
              fnfctl call order-store DescribeOrder @params.json
              fnfctl call flow-engine WatchExecutions
            """)

    @Argument(help: ArgumentHelp("The service.", valueName: "service")) var service: ServiceName
    @Argument(help: ArgumentHelp("The method; fnfctl discover lists them.", valueName: "method")) var method:
        String

    @Argument(
        help: ArgumentHelp(
            "The params, an object: as text, @FILE, or - for standard input.", valueName: "json"))
    var params: String = "{}"

    @Option(help: ArgumentHelp("Through this door instead.", valueName: "door")) var door: RPCDoor?
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let params = try TextArgument.object(params, for: "the params")
        let described = try await describe(peers)
        let door = door ?? DoorChoice.door(for: described.roles, of: service)
        switch described.kind {
        case .unary, .longPoll:
            let result = try await peers.call(
                method, params, on: service, door: door, changes: !described.roles.contains(.read),
                within: described.kind == .longPoll ? peers.timeout ?? .seconds(90) : nil)
            session.write(result.prettyText + "\n")
        case .stream:
            let result = try await peers.stream(method, params, on: service, door: door) { item in
                session.write(item.text + "\n")
            }
            session.write(result.text + "\n")
        }
    }

    /// A service that cannot be asked through the clients' door is called as if the method were a plain one.
    private func describe(_ peers: Peers) async throws(CommandFailure) -> ServiceDocument.Method {
        let document: ServiceDocument
        do throws(CommandFailure) { document = try await ServiceDocument.read(service, peers) } catch {
            guard let door else { throw error }
            return ServiceDocument.Method(
                name: method, summary: "", kind: .unary, roles: door.roles, json: [:])
        }
        return try document.method(method, of: service)
    }
}
