import ArgumentParser
import FlowEngineAPI
import OrderStoreAPI
import Primitives
import RPCProtocol

/// `fnfctl order submit`
struct OrderSubmit: Verb {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Submits an order and prints its number.",
        discussion: """
            The number is all that goes to standard output. Submitting the same order again under the same \
            number is answered with the order that there is. Items are of the catalogue, which says what \
            they cost: fnfctl product list

            Examples:
              fnfctl order submit --supplier haidilao --products "beef,lotus root" --address "West Lake 1"
              fnfctl order submit --supplier haidilao --item beef=2 --item lotus-root --address "West Lake 1"
              fnfctl order submit --supplier xibei --products noodles --address "Bridge 2" --order o-1 --wait
            """)

    @Option(help: ArgumentHelp("Who delivers.", valueName: "name")) var supplier: String

    @Option(help: ArgumentHelp("What, as text, separated by commas.", valueName: "names"))
    var products: String?

    @Option(
        help: ArgumentHelp("What, of the catalogue; once for each product.", valueName: "product[=quantity]"))
    var item: [ItemArgument] = []

    @Option(help: ArgumentHelp("Where to.", valueName: "text")) var address: String

    @Option(help: ArgumentHelp("The sum of the order; then no other price is taken.", valueName: "decimal"))
    var total: DecimalNumber?

    @Option(help: ArgumentHelp("The order's number (default: a new UUID).", valueName: "number")) var order:
        String?

    @Option(help: ArgumentHelp("Another flow than the configured one.", valueName: "flow")) var flow: String?

    @Option(
        defaultAsFlag: TimeSpan.endless,
        help: ArgumentHelp(
            "Wait until the order is closed, at most so long; status 10 when its execution did not succeed.",
            valueName: "time"))
    var wait: TimeSpan?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard products == nil, item.isEmpty else { return }
        throw ValidationError("Say what: --item PRODUCT[=QUANTITY], or --products as text.")
    }

    func run(in session: Session) async throws(CommandFailure) {
        let items = item.map(\.item)
        let peers = global.peers(session)
        let record = try await peers.call(
            SubmitOrder.self,
            .with {
                $0.orderNum = order ?? makeUUID(from: session.world)
                $0.supplier = supplier
                $0.products = products ?? ""
                $0.items = items.isEmpty ? nil : items
                $0.address = address
                $0.total = total
                $0.flow = flow
            }, on: .orderStore)
        session.write(record.orderNum + "\n")
        if let trouble = record.trouble, !trouble.isEmpty {
            session.note("it is stored but not started yet: \(trouble)")
        }
        guard let wait else { return }
        let limit = wait.duration ?? peers.timeout
        let closed = try await OrderFollow.untilClosed(record.orderNum, limit: limit, peers, session) {
            change in
            session.note(OrderReport.line(change))
        }
        let execution = try await ExecutionEnd.wait(
            flow: closed.flow, execution: closed.orderNum, limit: .seconds(10), peers)
        try ExecutionEnd.check(execution)
    }
}
