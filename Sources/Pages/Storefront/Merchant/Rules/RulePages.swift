import HTTPMessage
import OrderStoreAPI
import PaymentGatewayAPI
import RPCProtocol
import SupplierRulesAPI
import WebPages

/// Which ways to pay a supplier offers: the rules, their editor, and what a change would do before it is
/// made.
struct RulePages: Sendable {
    let services: PageServices

    /// Open orders that a preview names.
    private static let ordersShown: Int64 = 10

    var routes: [PageRoute] {
        [
            .get(ShopPaths.rules, needs: .read) { try await list($0) },
            .get(ShopPaths.rules + "/{supplier}", needs: .read) { try await edit($0) },
            .post(ShopPaths.rules + "/{supplier}", needs: .admin) { try await save($0) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageAnswer {
        let role = request.visitor.role
        async let rules = services.suppliers.call(ListSuppliers.self, NoFields(), as: role)
        async let methods = services.payments.call(ListPaymentMethods.self, NoFields(), as: role)
        async let catalogue = services.orders.call(ListCatalogue.self, .init(), as: role)
        return .page(
            RuleListPage(
                request: request, rules: try await rules.suppliers, methods: try await methods.methods,
                catalogue: try await catalogue.suppliers
            ).page)
    }

    private func edit(_ request: PageRequest) async throws -> PageAnswer {
        let change = RuleChange(asked: request)
        var page = try await editor(request)
        page.isSaved = request.query["saved"] != nil
        if let change {
            page.checked = change.methods
            page.show(await preview(change, request))
        }
        return .page(page.page)
    }

    private func save(_ request: PageRequest) async throws -> PageAnswer {
        let supplier = request["supplier"]
        let change = RuleChange(sent: request)
        do throws(RPCFailure) {
            if let methods = change.methods {
                _ = try await services.suppliers.call(
                    SetSupplierRule.self,
                    .with {
                        $0.supplier = supplier
                        $0.paymentMethods = methods
                    }, as: request.visitor.role)
            } else {
                _ = try await services.suppliers.call(
                    UnsetSupplierRule.self, .with { $0.supplier = supplier }, as: request.visitor.role)
            }
        } catch {
            // Somebody else has taken the rule away meanwhile: it is as was wanted.
            let isGone = change.methods == nil && error.answer?.name == .ruleNotExists
            guard isGone else { return try await refused(error, change, request) }
        }
        return .seeOther(ShopPaths.rules(of: supplier) + "?saved")
    }

    private func refused(
        _ failure: RPCFailure, _ change: RuleChange, _ request: PageRequest
    ) async throws -> PageAnswer {
        guard failure.answer?.name == .invalidRule else { throw failure }
        var editor = try await editor(request)
        editor.checked = change.methods
        editor.show(.failure(failure))
        var page = editor.page
        page.status = 422
        return .page(page)
    }

    private func editor(_ request: PageRequest) async throws -> RuleEditorPage {
        let (supplier, role) = (request["supplier"], request.visitor.role)
        async let rule = rule(of: supplier, role)
        async let methods = services.payments.call(ListPaymentMethods.self, NoFields(), as: role)
        async let catalogue = services.orders.call(
            ListCatalogue.self, .with { $0.supplier = supplier }, as: role)
        return RuleEditorPage(
            request: request, supplier: supplier, name: try await catalogue.suppliers.first,
            rule: try await rule, methods: try await methods.methods)
    }

    /// Nil: no rule matches, so its orders would fail.
    private func rule(
        of supplier: String, _ role: VisitorRole?
    ) async throws(RPCFailure) -> SupplierRecord? {
        do throws(RPCFailure) {
            return try await services.suppliers.call(
                DescribeSupplier.self, .with { $0.supplier = supplier }, as: role)
        } catch {
            if error.answer?.name == .ruleNotExists { return nil }
            throw error
        }
    }

    private func preview(
        _ change: RuleChange, _ request: PageRequest
    ) async -> Result<RulePreview, RPCFailure> {
        let supplier = request["supplier"]
        do throws(RPCFailure) {
            let effect = try await services.suppliers.call(
                PreviewSupplierRule.self,
                .with {
                    $0.supplier = supplier
                    $0.paymentMethods = change.methods
                }, as: request.visitor.role)
            async let waiting = orders(of: supplier, .submitted, request)
            async let choosing = orders(of: supplier, .awaitingPayment, request)
            let sums = try await services.orders.call(
                SummarizeOrders.self, .with { $0.supplier = supplier }, as: request.visitor.role
            ).sums
            return .success(
                RulePreview(
                    change: change, effect: effect, waiting: await waiting, choosing: await choosing,
                    counts: Dictionary(sums.map { ($0.status, $0.count) }) { $0 + $1 }))
        } catch {
            return .failure(error)
        }
    }

    private func orders(
        of supplier: String, _ status: OrderStatus, _ request: PageRequest
    ) async -> [OrderRecord] {
        let list = try? await services.orders.call(
            ListOrders.self,
            .with {
                $0.supplier = supplier
                $0.status = status
                $0.limit = Self.ordersShown
            }, as: request.visitor.role)
        return list?.orders ?? []
    }
}

/// What is to become of a supplier's rule.
struct RuleChange: Sendable, Hashable {
    /// More than any shop has ways to pay; beyond, nothing is read.
    static let methodsMax = 32

    /// Nil: the rule that was set is taken away, so that the files decide again.
    let methods: [String]?

    /// From the address of a preview; nil when none is asked for.
    init?(asked request: PageRequest) {
        switch request.asked("preview") {
        case "set": methods = Self.methods(in: request.query)
        case "unset": methods = nil
        default: return nil
        }
    }

    init(sent request: PageRequest) {
        methods = request.field("change") == "unset" ? nil : Self.methods(in: request.form)
    }

    private static func methods(in form: FormParameters) -> [String] {
        Array(form.pairs.filter { $0.name == "method" && !$0.value.isEmpty }.map(\.value).prefix(methodsMax))
    }
}

/// What a change would do.
struct RulePreview: Sendable {
    let change: RuleChange
    let effect: PreviewSupplierRule.Result
    /// Open orders without an offer yet: they get the changed one.
    let waiting: [OrderRecord]
    /// Open orders that have their offer: they keep it.
    let choosing: [OrderRecord]
    let counts: [OrderStatus: Int64]
}
