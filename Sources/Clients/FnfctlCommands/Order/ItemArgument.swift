import ArgumentParser
import OrderStoreAPI
import RPCProtocol

/// `--item beef=2`, or `--item beef` for one.
struct ItemArgument: ExpressibleByArgument, Sendable {
    let item: OrderItem

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty,
            let quantity = parts.count == 2 ? Int64(parts[1]) : 1
        else { return nil }
        item = .with {
            $0.product = String(parts[0])
            $0.quantity = quantity
        }
    }
}
