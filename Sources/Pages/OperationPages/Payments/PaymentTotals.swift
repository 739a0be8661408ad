import HTMLMarkup
import PaymentGatewayAPI
import Primitives
import WebPages

/// Payments summed by state and method, to the last digit.
struct PaymentTotals {
    let sums: SummarizePayments.Result
    let filter: PaymentFilter

    func markup() -> HTML {
        el("section", .class("card flush"), .id("totals"), .data("part", "")) {
            el("div", .class("head inset")) {
                el("h2") { "Totals" }
                el("nav", .class("chips"), .aria("label", "Period")) {
                    for period in PaymentFilter.periods {
                        chip(
                            period.label, filter.with { $0.hours = period.hours }.place(),
                            isCurrent: filter.hours == period.hours)
                    }
                }
            }
            if sums.sums.isEmpty {
                el("p", .class("muted inset")) { "No payment was accepted in this time." }
            } else {
                ListTable(
                    caption: "Payments summed by state and method",
                    columns: [
                        .init("State"), .init("Method"), .init("Payments", isEnd: true),
                        .init("Price", isEnd: true), .init("Charged", isEnd: true),
                    ]
                ).markup(rows)
            }
        }
    }

    private var rows: [[HTML]] {
        sums.sums.map { sum in
            [
                badge(PaymentWords.words[sum.state] ?? sum.state.rawValue, PaymentWords.tone(sum.state)),
                HTML(sum.paymentMethod.isEmpty ? "other methods" : sum.paymentMethod),
                HTML(CountText.grouped(sum.count)), HTML(sum.price.description),
                sum.charged.isZero
                    ? el("span", .class("muted")) { "–" } : el("strong") { sum.charged.description },
            ]
        } + [total]
    }

    /// Over all: what was asked for, and what was charged.
    private var total: [HTML] {
        var (price, charged, count) = (DecimalSum(), DecimalSum(), Int64(0))
        for sum in sums.sums {
            price.add(sum.price)
            charged.add(sum.charged)
            count += sum.count
        }
        return [
            el("strong") { "All" }, HTML(), el("strong") { CountText.grouped(count) },
            el("strong") { price.description },
            el("strong", .data("total", "charged")) { charged.description },
        ]
    }
}
