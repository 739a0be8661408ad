import ArgumentParser

/// `fnfctl order …`
struct OrderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Orders: submit, look at, pay, follow.",
        discussion: "Example:\n  fnfctl order list --status awaitingPayment",
        subcommands: [OrderSubmit.self, OrderShow.self, OrderPay.self, OrderWatch.self, OrderList.self],
        aliases: ["orders"])
}
