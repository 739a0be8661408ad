import OrderStoreAPI
import Primitives
import RPCProtocol

/// The order in the input of an execution, as the article's page sends it.
enum LegacyOrder {
    /// Nil when the input speaks of no order.
    static func submission(
        in input: JSONValue, orderNum: String, flow: String
    ) -> SubmitOrder.Params? {
        let members = ["supplier", "products", "address"].map { text(input[$0]) }
        guard members.contains(where: { $0 != nil }) else { return nil }
        return .with {
            $0.orderNum = orderNum
            $0.supplier = members[0] ?? unknown
            $0.products = members[1] ?? unknown
            $0.address = members[2] ?? unknown
            $0.flow = flow
        }
    }

    /// The article's service kept an order whatever it knew of it; order-store wants each of the three.
    private static let unknown = "unknown"

    /// A list of products is written as order-store writes it.
    private static func text(_ value: JSONValue?) -> String? {
        guard let value, !value.isNull else { return nil }
        let text =
            value.arrayValue.map { $0.map { $0.stringValue ?? $0.text }.joined(separator: ",") }
            ?? value.stringValue ?? value.text
        return text.utf8.contains { $0 > 0x20 } ? text : nil
    }
}
