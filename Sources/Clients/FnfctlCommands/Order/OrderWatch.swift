import ArgumentParser
import OrderStoreAPI
import Primitives
import RPCProtocol

/// `fnfctl order watch`
struct OrderWatch: Verb {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follows an order's changes until it is closed.",
        discussion: "Example:\n  fnfctl order watch ORDER")

    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let peers = global.peers(session)
        let closed = try await OrderFollow.untilClosed(order, limit: peers.timeout, peers, session) {
            change in
            session.write(text(change, session))
        }
        if let reason = closed.reason, !reason.isEmpty {
            session.note("\(closed.status.rawValue): \(reason)")
        }
    }

    private func text(_ change: OrderChange, _ session: Session) -> String {
        switch form.output {
        case .table: OrderReport.line(change) + "\n"
        case .json: change.wire.text + "\n"
        case .yaml: "---\n" + YAMLText.document(change.wire)
        case .name: change.status + "\n"
        }
    }
}
