import OrderStoreAPI
import Primitives

/// How an execution ended, as the engine's feed and its answers tell it.
struct ExecutionEnd: Sendable, Hashable {
    enum Kind: String, Sendable {
        case succeeded = "Succeeded"
        case failed = "Failed"
        case stopped = "Stopped"
        case timedOut = "TimedOut"
    }

    let kind: Kind
    let error: String
    let cause: String

    /// Nil while the execution runs.
    init?(status: String, error: String?, cause: String?) {
        guard let kind = Kind(rawValue: status) else { return nil }
        self.kind = kind
        self.error = error ?? ""
        self.cause = cause ?? ""
    }

    private var failure: String { [error, cause].filter { !$0.isEmpty }.joined(separator: ": ") }

    /// `stopped`, or with what the person who stopped it gave for a reason: `stopped: OutOfStock: no beef`.
    private func with(_ word: String) -> String { failure.isEmpty ? word : "\(word): \(failure)" }

    var outcome: (status: OrderStatus, reason: String?) {
        switch kind {
        case .succeeded: (.completed, nil)
        case .failed: (.failed, failure.isEmpty ? "the flow failed" : failure)
        case .stopped: (.canceled, with("stopped"))
        case .timedOut: (.canceled, with("the flow timed out"))
        }
    }
}

extension Order {
    /// Follows the end of the execution, where no step of the flow closed the order before.
    ///
    /// A flow that succeeds without a word about the order has done what it was for: the order is completed.
    mutating func follow(_ end: ExecutionEnd, at now: Timestamp) throws(OrderStoreError) -> Note? {
        guard !status.isClosed else { return nil }
        let (closed, reason) = end.outcome
        let note = "execution \(number) of flow \(flow) ended \(end.kind.rawValue)"
        return try close(as: closed, because: reason.map(withRefund), note: note, at: now)
    }

    mutating func complete(at now: Timestamp) throws(OrderStoreError) -> Note? {
        try close(as: .completed, because: nil, note: "completed by the flow", at: now)
    }

    /// The flow does not say why it cancels; what had happened until then does.
    mutating func cancel(by step: String?, at now: Timestamp) throws(OrderStoreError) -> Note? {
        let why =
            switch status {
            case .submitted: "canceled by the flow before payment methods were on offer"
            case .awaitingPayment:
                "canceled by the flow: payment by \(methods.joined(separator: ", ")) had been on offer, "
                    + "nothing was charged"
            default: withRefund("canceled by the flow")
            }
        let note = step.map { "canceled by step \($0)" } ?? "canceled by the flow"
        return try close(as: .canceled, because: why, note: note, at: now)
    }

    /// The engine will not start the execution.
    mutating func refuse(because why: String, at now: Timestamp) throws(OrderStoreError) -> Note? {
        guard !status.isClosed else { return nil }
        return try close(as: .failed, because: why, note: "the execution could not be started", at: now)
    }

    private func withRefund(_ why: String) -> String {
        guard let payment else { return why }
        return "\(why); \(payment.price) charged by \(payment.method) are due back"
    }
}
