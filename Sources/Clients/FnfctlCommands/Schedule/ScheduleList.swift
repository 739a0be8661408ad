import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl schedule list`
struct ScheduleList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the schedules of a flow, or of all flows.",
        discussion: """
            Examples:
              fnfctl schedule list
              fnfctl schedule list Greeting --all -o json
            """,
        aliases: ["ls"])

    @Argument(help: ArgumentHelp("The flow's name; all flows without it.", valueName: "flow"))
    var flow: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        var flows: [String] = []
        if let flow { flows = [flow] } else { flows = try await Self.flowNames(peers) }
        // A page is what one flow has left; `flows` shrinks as they are done.
        let (schedules, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) async throws(CommandFailure) -> (rows: [ScheduleRecord], next: String?) in
            guard let current = flows.first else { return ([], nil) }
            let page = try await peers.call(
                ListSchedules.self,
                .with {
                    $0.flowName = current
                    $0.limit = size
                    $0.nextToken = token == Self.nextFlow ? nil : token
                }, on: .flowEngine)
            if page.nextToken != nil { return (page.schedules, page.nextToken) }
            flows.removeFirst()
            return (page.schedules, flows.isEmpty ? nil : Self.nextFlow)
        }
        session.show(ScheduleReport.list(schedules, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, schedules.count, session)
    }

    /// No schedule has such a name.
    private static let nextFlow = "/"

    private static func flowNames(_ peers: Peers) async throws(CommandFailure) -> [String] {
        var names: [String] = []
        var token: String?
        repeat {
            let from = token
            let page = try await peers.call(
                ListFlows.self,
                .with {
                    $0.limit = 1000
                    $0.nextToken = from
                }, on: .flowEngine)
            names += page.flows.map(\.name)
            token = page.nextToken
        } while token != nil
        return names
    }
}
