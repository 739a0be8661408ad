import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// How orders are shown.
enum OrderReport {
    static func list(_ orders: [OrderRecord], now: Timestamp) -> Report {
        let rows = orders.map { order -> [Cell] in
            [
                Cell(order.orderNum), Cell(state: order.status.rawValue), Cell(order.supplier),
                Cell(order.products),
                Cell(order.paymentMethod ?? ""), Cell(order.price?.formatted(minimumScale: 2) ?? ""),
                Cell(TimeText.relative(order.submittedTime, now: now)),
            ]
        }
        let table = Table(
            columns: [
                "Order", "Status", .init("Supplier", isElastic: true), .init("Products", isElastic: true),
                "Method",
                .init("Price", isNumber: true), "Submitted",
            ], rows: rows, empty: "no order matches")
        return Report(
            json: ["orders": .array(orders.map(\.wire))], names: orders.map(\.orderNum),
            blocks: [.table(table)])
    }

    /// All that is known of one order, from the three services that know something.
    static func story(_ story: OrderStory, now: Timestamp) -> Report {
        let order = story.order
        var fields: [Report.Field] = [
            .init("Order", order.orderNum), .init("Status", Cell(state: order.status.rawValue)),
            .init("Supplier", order.supplier), .init("Products", order.products),
            .init("Address", order.address),
        ]
        if let total = order.total { fields.append(.init("Total", total.formatted(minimumScale: 2))) }
        fields.append(
            .init(
                "Payment methods",
                order.paymentMethods.isEmpty ? "not known yet" : order.paymentMethods.joined(separator: ", "))
        )
        if let method = order.paymentMethod, let price = order.price {
            fields.append(.init("Charged", "\(price.formatted(minimumScale: 2)) by \(method)"))
        }
        fields += story.payments.map { .init("Payment", payment($0)) }
        fields += waits(story, now: now)
        if let reason = order.reason, !reason.isEmpty {
            fields.append(.init("Reason", Cell(reason, .warning)))
        }
        fields.append(.init("Flow", order.flow))
        fields.append(.init("Submitted", TimeText.full(order.submittedTime, now: now)))
        if let closed = order.closedTime { fields.append(.init("Closed", TimeText.full(closed, now: now))) }
        for trouble in story.troubles { fields.append(.init("Service down", Cell(trouble.sentence, .bad))) }
        var blocks: [Report.Block] = [.fields(fields)]
        if !order.items.isEmpty { blocks += [.heading("Items"), .table(items(order.items))] }
        if !order.changes.isEmpty { blocks += [.heading("Changes"), .table(changes(order.changes))] }
        return Report(json: story.json, names: [order.orderNum], blocks: blocks)
    }

    private static func waits(_ story: OrderStory, now: Timestamp) -> [Report.Field] {
        let order = story.order
        if order.status.isClosed { return [] }
        if let trouble = order.trouble, !trouble.isEmpty {
            return [.init("Waits for", Cell(trouble, .warning))]
        }
        if !order.started {
            return [.init("Waits for", Cell("flow-engine to start its execution", .warning))]
        }
        return story.tasks.map { .init("Waits for", ExecutionReport.waits($0, now: now)) }
    }

    static func payment(_ payment: PaymentRecord) -> Cell {
        let price = payment.price.formatted(minimumScale: 2)
        var text = "\(payment.state.rawValue), \(price) by \(payment.paymentMethod)"
        if let charged = payment.charged { text += ", after discount \(charged.formatted(minimumScale: 2))" }
        if let reason = payment.reason, !reason.isEmpty { text += " (\(reason))" }
        return Cell(text, Cell(state: payment.state.rawValue).tone)
    }

    private static func changes(_ changes: [OrderChange]) -> Table {
        Table(
            columns: ["Time", "Status", .init("What", isElastic: true)],
            rows: changes.map { [Cell($0.time), Cell(state: $0.status), Cell($0.note)] })
    }

    /// `2026-11-23T09:30:00.000Z  awaitingPayment  …`, with the columns of each line under the last one's.
    static func line(_ change: OrderChange) -> String {
        let pad = String(repeating: " ", count: max(0, 15 - change.status.count))
        return "\(change.time)  \(change.status)\(pad)  \(change.note)".printable()
    }
}
