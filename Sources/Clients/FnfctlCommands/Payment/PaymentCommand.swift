import ArgumentParser

/// `fnfctl payment …`
struct PaymentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment", abstract: "Payments: what was taken, charged, voided, is due back.",
        discussion: "Example:\n  fnfctl payment list --state refundDue",
        subcommands: [PaymentList.self, PaymentSummary.self, PaymentMethods.self],
        aliases: ["payments"])
}
