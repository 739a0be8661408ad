import ArgumentParser
import OrderStoreAPI
import Primitives
import RPCProtocol

/// `fnfctl order list`
struct OrderList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists orders, newest first.",
        discussion:
            "Example:\n  fnfctl order list --status paid --supplier haidilao --search \"West Lake\"",
        aliases: ["ls"])

    @Option(help: ArgumentHelp("Only those with this status.", valueName: "status")) var status: OrderStatus?
    @Option(help: ArgumentHelp("Only those of this supplier.", valueName: "name")) var supplier: String?

    @Option(help: ArgumentHelp("Text in number, products, address or supplier.", valueName: "text"))
    var search: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (orders, isCut) = try await pages.collect(pageMax: 1000) { (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListOrders.self,
                .with {
                    $0.status = status
                    $0.supplier = supplier
                    $0.search = search
                    $0.nextToken = token
                    $0.limit = size
                }, on: .orderStore)
            return (page.orders, page.nextToken)
        }
        session.show(OrderReport.list(orders, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, orders.count, session)
    }
}
