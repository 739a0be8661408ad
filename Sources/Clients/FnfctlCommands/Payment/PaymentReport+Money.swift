import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// How quotes, methods and sums are shown.
extension PaymentReport {
    static func quote(_ quote: QuotePayment.Result) -> Report {
        let rows = quote.quotes.map { quote -> [Cell] in
            [
                Cell(quote.paymentMethod), Cell(quote.labelEn), Cell(quote.labelZh),
                Cell(quote.price?.formatted(minimumScale: 2) ?? ""),
                Cell(quote.percentOff.map(discount) ?? ""),
                quote.fault.map { Cell($0, .bad) } ?? Cell(quote.charged?.formatted(minimumScale: 2) ?? ""),
            ]
        }
        let table = Table(
            columns: [
                "Method", "Name", "Chinese name", .init("Price", isNumber: true), "Discount",
                .init("Charged", isNumber: true, isElastic: true),
            ], rows: rows, empty: "no payment method is on offer yet")
        var fields: [Report.Field] = [.init("Order", quote.orderNum)]
        if let total = quote.total { fields.append(.init("Total", total.formatted(minimumScale: 2))) }
        fields.append(.init("Payable", quote.payable ? Cell("yes", .good) : Cell("no", .warning)))
        fields.append(.init("Request", quote.request.rawValue))
        return Report(
            json: quote.wire, names: quote.quotes.map(\.paymentMethod),
            blocks: [.fields(fields), .table(table)])
    }

    static func methods(_ answer: ListPaymentMethods.Result) -> Report {
        let rows = answer.methods.map { method -> [Cell] in
            [
                Cell(method.paymentMethod), Cell(method.labelEn), Cell(method.labelZh),
                Cell(method.factor.description), Cell(discount(method.percentOff)),
            ]
        }
        let table = Table(
            columns: ["Method", "Name", "Chinese name", .init("Factor", isNumber: true), "Discount"],
            rows: rows, empty: "nothing can be charged: payment-gateway.yaml names no discounts")
        return Report(
            json: answer.wire, names: answer.methods.map(\.paymentMethod), blocks: [.table(table)])
    }

    static func summary(_ answer: SummarizePayments.Result) -> Report {
        let rows = answer.sums.map { sum -> [Cell] in
            [
                Cell(state: sum.state.rawValue),
                Cell(sum.paymentMethod.isEmpty ? "(others)" : sum.paymentMethod),
                Cell("\(sum.count)"), Cell(sum.price.formatted(minimumScale: 2)),
                Cell(sum.charged.formatted(minimumScale: 2)),
            ]
        }
        let table = Table(
            columns: [
                "State", "Method", .init("Payments", isNumber: true), .init("Price", isNumber: true),
                .init("Charged", isNumber: true),
            ], rows: rows, empty: "there is no payment")
        return Report(
            json: answer.wire, names: answer.sums.map { "\($0.state.rawValue)/\($0.paymentMethod)" },
            blocks: [.table(table)])
    }

    /// `20 % off`; nothing for the full price, `5 % more` for a surcharge.
    private static func discount(_ percentOff: DecimalNumber) -> String {
        if percentOff == .zero { return "" }
        guard !percentOff.isPositive else { return "\(percentOff) % off" }
        return "\(String(percentOff.description.dropFirst())) % more"
    }
}
