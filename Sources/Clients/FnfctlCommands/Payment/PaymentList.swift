import ArgumentParser
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// `fnfctl payment list`
struct PaymentList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists payments, newest first.",
        discussion: """
            Examples:
              fnfctl payment list --order ORDER
              fnfctl payment list --state charged --method zhifubao
            """, aliases: ["ls"])

    @Option(help: ArgumentHelp("Only those of this order.", valueName: "number")) var order: String?
    @Option(help: ArgumentHelp("Only those in this state.", valueName: "state")) var state: PaymentState?
    @Option(help: ArgumentHelp("Only those by this method.", valueName: "name")) var method: String?

    @Option(help: ArgumentHelp("Text in order number, payment id, method or reason.", valueName: "text"))
    var search: String?

    @OptionGroup var pages: PageOptions
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let (payments, isCut) = try await pages.collect(pageMax: 1000) {
            (size, token) throws(CommandFailure) in
            let page = try await peers.call(
                ListPayments.self,
                .with {
                    $0.orderNum = order
                    $0.state = state
                    $0.paymentMethod = method
                    $0.search = search
                    $0.nextToken = token
                    $0.limit = size
                }, on: .paymentGateway)
            return (page.payments, page.nextToken)
        }
        session.show(PaymentReport.list(payments, now: session.world.now), as: form.output)
        pages.tellIfCut(isCut, payments.count, session)
    }
}
