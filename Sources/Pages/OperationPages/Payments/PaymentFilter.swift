import ConsoleParts
import PaymentGatewayAPI
import RPCProtocol
import WebPages

/// Which payments are shown, and over how long they are summed; the whole of it is in the page's address.
struct PaymentFilter: Sendable, Hashable {
    var state: PaymentState?
    var method = ""
    var text = ""
    /// Units: hours that the totals go back; empty: all of them.
    var hours = ""

    static let periods: [(hours: String, label: String)] = [
        ("", "All"), ("24", "24 hours"), ("168", "7 days"), ("720", "30 days"),
    ]

    /// Throws: `Problem`, for what no page of ours links to.
    init(_ request: PageRequest) throws(Problem) {
        let word = request.asked("state")
        state = PaymentState(rawValue: word)
        method = request.asked("method")
        text = request.asked("q")
        hours = request.asked("hours")
        guard word.isEmpty || state != nil else {
            throw .badField("A payment can't be \"\(word)\".", request.language)
        }
        guard Self.periods.contains(where: { $0.hours == hours }) else {
            throw .badField("Payments can't be summed over \"\(hours)\" hours.", request.language)
        }
    }

    func with(_ change: (inout PaymentFilter) -> Void) -> PaymentFilter {
        var filter = self
        change(&filter)
        return filter
    }

    func place(next: String? = nil) -> String {
        ConsolePaths.with(
            ConsolePaths.payments,
            [
                ("q", text), ("state", state?.rawValue), ("method", method), ("hours", hours), ("next", next),
            ])
    }

    func params(next: String) -> ListPayments.Params {
        ListPayments.Params.with {
            $0.state = state
            if !method.isEmpty { $0.paymentMethod = method }
            if !text.isEmpty { $0.search = text }
            if !next.isEmpty { $0.nextToken = next }
        }
    }

    var command: String {
        if method.isEmpty, text.isEmpty {
            return ShellText.command(
                ["fnfctl", "payment", "list"] + (state.map { ["--state", $0.rawValue] } ?? []))
        }
        return CallText.command("payment-gateway", ListPayments.self, params(next: ""))
    }
}
