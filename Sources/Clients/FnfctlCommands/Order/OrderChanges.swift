import ArgumentParser
import OrderStoreAPI
import Primitives
import RPCProtocol
import Synchronization

/// `fnfctl order changes`
struct OrderChanges: Verb {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "Follows the changes of all orders, until it is interrupted.",
        discussion: """
            Each line bears a sequence; --after goes on behind one that was seen, without gap or repeat.

            Examples:
              fnfctl order changes
              fnfctl order changes --after 1200 -o json
            """)

    @Option(
        help: ArgumentHelp("Go on behind this sequence (default: from now on).", valueName: "sequence"))
    var after: Int64?

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let form = form.output
        // Goes on from there when the service was restarted meanwhile.
        let seen = Mutex(after)
        _ = try await global.peers(session).follow(WatchOrders.self, on: .orderStore) {
            .with { $0.afterSequence = seen.withLock { $0 } }
        } onItem: { item in
            seen.withLock { $0 = item.sequence }
            session.write(Self.text(item, form))
        }
    }

    private static func text(_ item: WatchOrders.Item, _ form: OutputFormat) -> String {
        switch form {
        case .table:
            [item.updatedTime, "\(item.sequence)", item.status.rawValue, item.orderNum, item.supplier]
                .joined(separator: "  ").printable() + "\n"
        case .json: item.wire.text + "\n"
        case .yaml: "---\n" + YAMLText.document(item.wire)
        case .name: item.orderNum + "\n"
        }
    }
}
