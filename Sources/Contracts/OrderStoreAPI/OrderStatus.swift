import RPCProtocol

/// Where an order stands.
package enum OrderStatus: String, WireWord, Hashable {
    /// Stored. Can become: awaitingPayment (the supplier's methods are known), canceled, completed, failed.
    case submitted
    /// Methods are on offer. Can become: paid, canceled, completed, failed.
    case awaitingPayment
    /// Charged. Can become: completed, canceled (then the charge is due back), failed.
    case paid
    /// Can become: nothing more.
    case completed
    /// Can become: nothing more.
    case canceled
    /// The process ended in a failure. Can become: nothing more.
    case failed

    package var isClosed: Bool { self == .completed || self == .canceled || self == .failed }

    package func canBecome(_ next: OrderStatus) -> Bool {
        switch (self, next) {
        case (.submitted, .awaitingPayment), (.awaitingPayment, .paid): true
        case (.submitted, .completed), (.submitted, .canceled), (.submitted, .failed): true
        case (.awaitingPayment, .completed), (.awaitingPayment, .canceled), (.awaitingPayment, .failed): true
        case (.paid, .completed), (.paid, .canceled), (.paid, .failed): true
        default: false
        }
    }
}
