import ArgumentParser

/// `fnfctl order …`
struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Orders: submit, look at, quote, pay, follow, sum up.",
        discussion: "Example:\n  fnfctl order list --status awaitingPayment",
        subcommands: [
            OrderSubmit.self, OrderShow.self, OrderQuote.self, OrderPay.self, OrderWatch.self, OrderList.self,
            OrderSummary.self, OrderChanges.self,
        ],
        aliases: ["orders"])
}
