import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl flow list`
struct FlowList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the flows.", discussion: "Example:\n  fnfctl flow list -o name",
        aliases: ["ls"])

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (flows, isCut) = try await pages.collect(pageMax: 1000) { (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListFlows.self,
                .with {
                    $0.limit = size
                    $0.nextToken = token
                }, on: .flowEngine)
            return (page.flows, page.nextToken)
        }
        session.show(Self.report(flows, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, flows.count, session)
    }

    static func report(_ flows: [FlowRecord], now: Timestamp) -> Report {
        let rows = flows.map { flow -> [Cell] in
            [
                Cell(flow.name), Cell(TimeText.relative(flow.createdTime, now: now)),
                Cell(TimeText.relative(flow.lastModifiedTime, now: now)), Cell(flow.description),
            ]
        }
        let table = Table(
            columns: ["Name", "Created", "Changed", .init("Description", isElastic: true)], rows: rows,
            empty: "there is no flow yet; put one in: fnfctl flow apply -f FILE --name NAME")
        return Report(
            json: ["Flows": .array(flows.map(\.wire))], names: flows.map(\.name), blocks: [.table(table)])
    }
}
