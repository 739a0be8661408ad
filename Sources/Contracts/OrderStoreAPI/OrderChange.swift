package import RPCProtocol

/// One line of an order's change log.
package struct OrderChange: WireRecord {
    package var time: String = ""
    package var status: String = ""
    package var note: String = ""

    package init() {}

    package static let fields: [WireField<OrderChange>] = [
        .required("time", \.time),
        .required("status", \.status),
        .defaulted("note", \.note, "What happened, in a sentence"),
    ]
}
