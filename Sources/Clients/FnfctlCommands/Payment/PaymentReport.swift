import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// How payments are shown.
enum PaymentReport {
    static func list(_ payments: [PaymentRecord], now: Timestamp) -> Report {
        let rows = payments.map { payment -> [Cell] in
            [
                Cell(payment.orderNum), Cell(state: payment.state.rawValue), Cell(payment.paymentMethod),
                Cell(payment.price.formatted(minimumScale: 2)),
                Cell(payment.charged?.formatted(minimumScale: 2) ?? ""), Cell(payment.origin),
                Cell(TimeText.relative(payment.acceptedTime, now: now)), Cell(payment.reason ?? ""),
            ]
        }
        let table = Table(
            columns: [
                "Order", "State", "Method", .init("Price", isNumber: true), .init("Charged", isNumber: true),
                "By",
                "Accepted", .init("Reason", isElastic: true),
            ], rows: rows, empty: "no payment matches")
        return Report(
            json: ["payments": .array(payments.map(\.wire))], names: payments.map(\.paymentId),
            blocks: [.table(table)])
    }

    static func one(_ payment: PaymentRecord, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Order", payment.orderNum), .init("State", Cell(state: payment.state.rawValue)),
            .init("Method", payment.paymentMethod), .init("Price", payment.price.formatted(minimumScale: 2)),
        ]
        if let charged = payment.charged {
            fields.append(.init("Charged", charged.formatted(minimumScale: 2)))
        }
        if let reason = payment.reason, !reason.isEmpty { fields.append(.init("Reason", reason)) }
        fields.append(.init("Accepted", TimeText.full(payment.acceptedTime, now: now)))
        return Report(json: payment.wire, names: [payment.paymentId], blocks: [.fields(fields)])
    }
}
