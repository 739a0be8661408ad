import ConsoleParts
import HTMLMarkup
import Primitives
import RPCProtocol
import SupplierRulesAPI
import WebPages

/// `/console/suppliers`: what each supplier offers and which rule says so; and which rule decides an order.
struct SuppliersPage: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        [
            .get(ConsolePaths.suppliers, needs: .read) { request in .page(try await list(request)) },
            .get(OperationPaths.supplierExplain, needs: .read) { request in
                .page(try await explained(request))
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> Page {
        let listed = try await services.suppliers.call(ListSuppliers.self, .init(), as: request.visitor.role)
        return Page(ConsoleFace.face, "Suppliers", section: ConsolePaths.suppliers, isWide: true) {
            el("div", .class("head")) {
                el("h1") { "Suppliers" }
                if request.visitor.may(.admin) {
                    el("a", .class("button"), .href(OperationPaths.supplierRule)) { "Set a rule" }
                }
            }
            el("p", .class("lede")) {
                "What orders of each supplier may be paid by. A rule set here goes before those of the files."
            }
            el("div", .class("card flush"), .id("suppliers")) {
                if listed.suppliers.isEmpty {
                    emptyState("No rule yet", "Without a rule no order is offered a way to pay.")
                } else {
                    ListTable(
                        caption: "Suppliers and their payment methods",
                        columns: [
                            .init("Supplier"), .init("On offer"), .init("Rule"), .init("From"),
                            .init("Change", isBare: true),
                        ]
                    ).markup(listed.suppliers.map { row($0, request) })
                }
            }
            form(request)
            copyLine("fnfctl supplier list", request.language)
        }
    }

    private func row(_ supplier: SupplierRecord, _ request: PageRequest) -> [HTML] {
        let isSet = supplier.source == "database"
        return [
            supplier.supplier == "*"
                ? el("span") { "everyone else" } : el("strong") { supplier.supplier },
            PaymentMethods.badges(supplier.paymentMethods),
            group {
                HTML(supplier.rule)
                if let shadows = supplier.shadows {
                    el("div", .class("small muted")) { "instead of \(shadows)" }
                }
            },
            isSet ? badge("Set at run time", .run) : el("span", .class("mono small")) { supplier.source },
            el("div", .class("row end")) {
                if supplier.supplier != "*" {
                    el(
                        "a", .class("button small"),
                        .href(
                            ConsolePaths.with(
                                OperationPaths.supplierExplain, [("supplier", supplier.supplier)]))
                    ) { "Explain" }
                    if request.visitor.may(.admin) {
                        el(
                            "a", .class("button small"),
                            .href(
                                ConsolePaths.with(
                                    OperationPaths.supplierRule, [("supplier", supplier.supplier)]))
                        ) { "Change" }
                    }
                }
            },
        ]
    }

    private func form(_ request: PageRequest, fault: String? = nil) -> HTML {
        el(
            "form", .attribute("method", "get"), .action(OperationPaths.supplierExplain),
            .class("card stack"),
            .id("explain")
        ) {
            el("h2") { "Which rule decides an order?" }
            el("div", .class("pair")) {
                textField("supplier", "Supplier", value: request.asked("supplier"), required: true)
                textField(
                    "products", "Products", value: request.asked("products"), hint: "Separated by commas.")
                textField("address", "Address", value: request.asked("address"))
                textField(
                    "time", "Submitted at", value: request.asked("time"),
                    hint: "E.g. 2026-11-23T09:30:00Z; now if empty.", fault: fault)
            }
            el("div", .class("row")) { el("button", .type("submit")) { "Explain" } }
        }
    }

    private func explained(_ request: PageRequest) async throws -> Page {
        let time = request.asked("time")
        guard time.isEmpty || Timestamp(rfc3339: time) != nil else {
            return explanation(nil, request, fault: "Write a time such as 2026-11-23T09:30:00Z.")
        }
        guard !request.asked("supplier").isEmpty else { return explanation(nil, request) }
        let params = ExplainSupplier.Params.with {
            $0.supplier = request.asked("supplier")
            $0.products = request.asked("products")
            $0.address = request.asked("address")
            if !time.isEmpty { $0.time = time }
        }
        do throws(RPCFailure) {
            let result = try await services.suppliers.call(
                ExplainSupplier.self, params, as: request.visitor.role)
            return explanation(result, request)
        } catch {
            // Nothing decides: that is the answer.
            guard error.answer?.name == .invalidRule else { throw error }
            return explanation(nil, request, notice: error.answer?.message)
        }
    }

    private func explanation(
        _ result: ExplainSupplier.Result?, _ request: PageRequest, fault: String? = nil,
        notice text: String? = nil
    ) -> Page {
        Page(
            ConsoleFace.face, "Which rule decides", section: ConsolePaths.suppliers,
            status: fault == nil ? 200 : 400
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.suppliers)) { "Suppliers" }
                el("span") { "Explain" }
            }
            el("div", .class("head")) { el("h1") { "Which rule decides" } }
            if let text { notice(.wait) { el("p") { text } } }
            if let result {
                notice(.good) {
                    el("p") {
                        "The rule "
                        el("strong") { result.rule }
                        " from \(result.source) decides. On offer: "
                        PaymentMethods.badges(result.paymentMethods)
                    }
                }
                el("div", .class("card flush"), .id("trace")) {
                    ListTable(
                        caption: "The rules in the order in which they were tried",
                        columns: [.init("Rule"), .init("From"), .init("Fits"), .init("Why")]
                    ).markup(
                        result.trace.map { step in
                            [
                                el("strong") { step.rule }, el("span", .class("mono small")) { step.source },
                                step.matched ? badge("Yes", .good) : badge("No", .still), HTML(step.why),
                            ]
                        })
                }
            }
            form(request, fault: fault)
            if !request.asked("supplier").isEmpty { copyLine(command(request), request.language) }
        }
    }

    private func command(_ request: PageRequest) -> String {
        var words = ["fnfctl", "supplier", "explain", request.asked("supplier")]
        for name in ["products", "address", "time"] where !request.asked(name).isEmpty {
            words += ["--\(name)", request.asked(name)]
        }
        return ShellText.command(words)
    }
}
