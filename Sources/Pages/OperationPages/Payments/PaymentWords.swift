import PaymentGatewayAPI
import WebPages

/// How the states of payments are called.
enum PaymentWords {
    static let states: [PaymentState] = [.accepted, .confirmed, .charged, .voided, .refundDue]

    static let words: [PaymentState: String] = [
        .accepted: "Accepted", .confirmed: "Confirmed", .charged: "Charged", .voided: "Voided",
        .refundDue: "Refund due",
    ]

    static let meanings: [PaymentState: String] = [
        .accepted: "Taken, and not yet reported to the flow", .confirmed: "The flow goes on with it",
        .charged: "Charged, after discount", .voided: "Not taken after all",
        .refundDue: "Charged although the order is closed: a person has to pay it back",
    ]

    static func tone(_ state: PaymentState) -> Tone {
        switch state {
        case .accepted: .wait
        case .confirmed: .run
        case .charged: .good
        case .voided: .still
        case .refundDue: .bad
        }
    }
}
