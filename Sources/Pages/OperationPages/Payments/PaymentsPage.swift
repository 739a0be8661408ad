import ConsoleParts
import HTMLMarkup
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import WebPages

/// `/console/payments`: payments with their state, and exact totals.
struct PaymentsPage: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        [.get(ConsolePaths.payments, needs: .read) { request in .page(try await page(request)) }]
    }

    private func page(_ request: PageRequest) async throws -> Page {
        let filter = try PaymentFilter(request)
        let (next, role) = (request.asked("next"), request.visitor.role)
        let found = try await services.payments.call(ListPayments.self, filter.params(next: next), as: role)
        let since = Int64(filter.hours).map { request.now.advanced(by: .seconds(-$0 * 3600)) }
        let sums = try await services.payments.call(
            SummarizePayments.self, .with { $0.since = since }, as: role)
        let methods = try await services.payments.call(ListPaymentMethods.self, .init(), as: role)
        return Page(
            ConsoleFace.face, "Payments", section: ConsolePaths.payments,
            events: next.isEmpty ? OperationPaths.events : nil, isWide: true
        ) {
            el("div", .class("head")) { el("h1") { "Payments" } }
            PaymentTotals(sums: sums, filter: filter).markup()
            filters(filter, methods.methods, sums)
            list(found, filter, next, Int(methods.minorUnits), request)
            copyLine(filter.command, request.language)
        }
    }

    private func filters(
        _ filter: PaymentFilter, _ methods: [PaymentMethodRecord], _ sums: SummarizePayments.Result
    ) -> HTML {
        var options = [(value: "", label: "All methods")]
        options += methods.map { method in
            let off = method.percentOff.isPositive ? ", \(method.percentOff) % off" : ""
            return (method.paymentMethod, "\(method.labelEn)\(off)")
        }
        if !options.contains(where: { $0.value == filter.method }) {
            options.append((filter.method, filter.method))
        }
        return group {
            el(
                "form", .attribute("method", "get"), .action(ConsolePaths.payments), .class("filters"),
                .role("search")
            ) {
                filterText(
                    "q", "Order number, payment, method or reason", value: filter.text, isSearch: true)
                filterSelect("method", "Method", options, chosen: filter.method)
                hidden("state", filter.state?.rawValue ?? "")
                hidden("hours", filter.hours)
                el("button", .type("submit"), .class("main")) { "Search" }
            }
            el("nav", .class("chips"), .aria("label", "States"), .id("states"), .data("part", "")) {
                chip("All", filter.with { $0.state = nil }.place(), isCurrent: filter.state == nil)
                for state in PaymentWords.states {
                    chip(
                        PaymentWords.words[state] ?? state.rawValue, filter.with { $0.state = state }.place(),
                        isCurrent: filter.state == state, title: PaymentWords.meanings[state])
                }
            }
        }
    }

    private func list(
        _ found: ListPayments.Result, _ filter: PaymentFilter, _ next: String, _ minorUnits: Int,
        _ request: PageRequest
    ) -> HTML {
        el("div", .class("card flush"), .id("payments"), .data("part", "")) {
            if found.payments.isEmpty {
                if found.nextToken != nil {
                    emptyState(
                        "None in this part",
                        "The search goes through the past a part at a time; go on to look further back.")
                } else if filter.state == nil, filter.method.isEmpty, filter.text.isEmpty {
                    emptyState("No payment yet", "What buyers pay stands here.")
                } else {
                    emptyState("Nothing fits", "No payment agrees with all of these filters.") {
                        el("a", .class("button"), .href(ConsolePaths.payments)) { "Show all" }
                    }
                }
            } else {
                ListTable(
                    caption: "Payments, newest first",
                    columns: [
                        .init("Order"), .init("Method"), .init("Price", isEnd: true),
                        .init("Charged", isEnd: true), .init("State"), .init("Accepted"), .init("Payment"),
                    ]
                ).markup(found.payments.map { row($0, minorUnits, request) })
            }
            pageLinks(
                first: next.isEmpty ? nil : filter.place(),
                next: found.nextToken.map { filter.place(next: $0) })
        }
    }

    private func row(_ payment: PaymentRecord, _ minorUnits: Int, _ request: PageRequest) -> [HTML] {
        let executions = ExecutionFilter.with { $0.text = payment.orderNum }.place()
        return [
            el("a", .class("mono"), .data("open", ""), .href(executions), .title("The order's executions")) {
                payment.orderNum
            },
            HTML(payment.paymentMethod),
            el("span", .class("nowrap")) { payment.price.formatted(minimumScale: minorUnits) },
            payment.charged.map { charged in
                el("strong", .class("nowrap")) { charged.formatted(minimumScale: minorUnits) }
            } ?? el("span", .class("muted")) { "–" },
            group {
                badge(
                    PaymentWords.words[payment.state] ?? payment.state.rawValue,
                    PaymentWords.tone(payment.state))
                if let reason = payment.reason { el("div", .class("small muted")) { reason } }
                if payment.origin == "flow" {
                    el("div", .class("small muted")) { "charged by the flow, no buyer had paid here" }
                }
            },
            moment(
                payment.acceptedTime.isEmpty ? nil : Timestamp(rfc3339: payment.acceptedTime),
                now: request.now, request.language),
            el("span", .class("mono small muted clip"), .title(payment.paymentId)) { payment.paymentId },
        ]
    }
}
