import ConsoleParts
import HTMLMarkup
import PaymentGatewayAPI
import RPCProtocol
import SupplierRulesAPI
import WebPages

/// Setting and unsetting a supplier's rule: first what it would change, then the change.
struct SupplierRulePages: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        [
            .get(OperationPaths.supplierRule, needs: .admin) { request in
                .page(try await opened(request))
            },
            .post(OperationPaths.supplierRule, needs: .admin) { request in try await sent(request) },
        ]
    }

    private struct Form {
        var supplier = ""
        var methods = ""
        var isSet = false
        var faults: [String: String] = [:]
        var preview: PreviewSupplierRule.Result?
        var unsets = false
    }

    private func opened(_ request: PageRequest) async throws -> Page {
        var form = Form(supplier: request.asked("supplier"))
        if !form.supplier.isEmpty {
            let known = try await record(of: form.supplier, request)
            form.methods = (known?.paymentMethods ?? []).joined(separator: ", ")
            form.isSet = known?.source == "database"
        }
        return try await page(form, request)
    }

    /// Nil: no rule names the supplier.
    private func record(of supplier: String, _ request: PageRequest) async throws(RPCFailure)
        -> SupplierRecord?
    {
        do throws(RPCFailure) {
            return try await services.suppliers.call(
                DescribeSupplier.self, .with { $0.supplier = supplier }, as: request.visitor.role)
        } catch {
            guard error.answer?.name == .ruleNotExists else { throw error }
            return nil
        }
    }

    /// `do` is `preview`, `set`, `preview-unset` or `unset`.
    private func sent(_ request: PageRequest) async throws -> PageAnswer {
        var form = Form(supplier: request.field("supplier"), methods: request.field("methods"))
        form.isSet = request.field("isSet") == "yes"
        form.unsets = request.field("do").hasSuffix("unset")
        let methods = PaymentMethods.list(form.methods)
        if form.supplier.isEmpty { form.faults["supplier"] = "Name the supplier." }
        if methods.isEmpty, !form.unsets {
            form.faults["methods"] = "Name at least one method: without any no order could be paid."
        }
        guard form.faults.isEmpty else { return .page(try await page(form, request)) }
        do throws(RPCFailure) {
            switch request.field("do") {
            case "set":
                let params = SetSupplierRule.Params.with {
                    $0.supplier = form.supplier
                    $0.paymentMethods = methods
                }
                _ = try await services.suppliers.call(SetSupplierRule.self, params, as: request.visitor.role)
                return .seeOther(ConsolePaths.suppliers)
            case "unset":
                _ = try await services.suppliers.call(
                    UnsetSupplierRule.self, .with { $0.supplier = form.supplier }, as: request.visitor.role)
                return .seeOther(ConsolePaths.suppliers)
            default:
                let params = PreviewSupplierRule.Params.with {
                    $0.supplier = form.supplier
                    if !form.unsets { $0.paymentMethods = methods }
                }
                form.preview = try await services.suppliers.call(
                    PreviewSupplierRule.self, params, as: request.visitor.role)
            }
        } catch {
            guard let answer = error.answer, !answer.retryable else { throw error }
            form.faults[answer.name == .invalidRule ? "methods" : "form"] = answer.message
        }
        return .page(try await page(form, request))
    }

    private func page(_ form: Form, _ request: PageRequest) async throws -> Page {
        // What the gateway charges by, as a hint; the form works without it.
        let known = try? await services.payments.call(
            ListPaymentMethods.self, .init(), as: request.visitor.role)
        let title = form.supplier.isEmpty ? "Set a rule" : "Rule of \(form.supplier)"
        return Page(
            ConsoleFace.face, title, section: ConsolePaths.suppliers, status: form.faults.isEmpty ? 200 : 400
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.suppliers)) { "Suppliers" }
                el("span") { "Rule" }
            }
            el("div", .class("head")) { el("h1") { title } }
            if let fault = form.faults["form"] { notice(.bad) { el("p") { fault } } }
            fields(form, (known?.methods ?? []).map(\.paymentMethod), request)
            if let preview = form.preview { change(preview, form, request) }
            copyLine(command(form), request.language)
        }
    }

    private func fields(_ form: Form, _ known: [String], _ request: PageRequest) -> HTML {
        request.form(OperationPaths.supplierRule, .class("card stack"), .id("rule")) {
            hidden("isSet", form.isSet ? "yes" : "")
            textField(
                "supplier", "Supplier", value: form.supplier, fault: form.faults["supplier"], required: true)
            textField(
                "methods", "Payment methods", value: form.methods,
                hint: "In the order of the offer, separated by commas."
                    + (known.isEmpty ? "" : " The gateway charges by \(known.joined(separator: ", "))."),
                fault: form.faults["methods"])
            el("div", .class("row")) {
                el("button", .type("submit"), .class("main"), .name("do"), .value("preview")) {
                    "Show what would change"
                }
                if form.isSet {
                    el("button", .type("submit"), .name("do"), .value("preview-unset")) {
                        "Go back to the files…"
                    }
                }
            }
        }
    }

    private func change(_ preview: PreviewSupplierRule.Result, _ form: Form, _ request: PageRequest) -> HTML {
        request.form(OperationPaths.supplierRule, .class("card stack"), .data("once", ""), .id("change")) {
            hidden("supplier", form.supplier)
            hidden("methods", form.methods)
            hidden("isSet", form.isSet ? "yes" : "")
            el("h2") { "What would change" }
            facts([
                ("Now", offer(preview.now)), ("After", offer(preview.after)),
                ("Added", PaymentMethods.badges(preview.added)),
                ("Taken away", PaymentMethods.badges(preview.removed)),
            ])
            el("p", .class("muted")) {
                "It holds for orders that have no methods yet; those that have theirs keep them."
            }
            if preview.after.paymentMethods.isEmpty {
                notice(.wait) { el("p") { "No rule would fit: such orders could not be paid and fail." } }
            }
            el("div", .class("row")) {
                el(
                    "button", .type("submit"), .class(form.unsets ? "danger" : "main"), .name("do"),
                    .value(form.unsets ? "unset" : "set")
                ) { form.unsets ? "Go back to the files" : "Set this rule" }
                el("a", .class("button"), .href(ConsolePaths.suppliers)) { "Leave it" }
            }
        }
    }

    private func offer(_ offer: SupplierOffer) -> HTML {
        group {
            PaymentMethods.badges(offer.paymentMethods)
            if !offer.rule.isEmpty {
                el("span", .class("small muted")) { " rule \(offer.rule), \(offer.source)" }
            }
        }
    }

    private func command(_ form: Form) -> String {
        let supplier = form.supplier.isEmpty ? "SUPPLIER" : form.supplier
        if form.unsets { return ShellText.command(["fnfctl", "supplier", "unset", supplier]) }
        let methods = PaymentMethods.list(form.methods)
        return ShellText.command(
            [
                "fnfctl", "supplier", "set", supplier,
                methods.isEmpty ? "METHOD,METHOD" : methods.joined(separator: ","),
            ])
    }
}
