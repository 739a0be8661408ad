import FlowEngineAPI
import HTTPMessage
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import WebPages

/// What the merchant sees of orders: a board by state, lists, and each order whole.
struct BoardPages: Sendable {
    let services: PageServices
    let bell: OrderBell

    private static let columnLength: Int64 = 6
    private static let listLength: Int64 = 50
    private static let paymentsMax: Int64 = 20

    var routes: [PageRoute] {
        [
            .get(ShopPaths.merchant, needs: .read) { try await board($0) },
            .get(ShopPaths.merchant + "/events", needs: .read) {
                try bell.answer(to: OrderTopics.board, $0.language)
            },
            .get(ShopPaths.merchant + "/orders/{order}", needs: .read) { try await order($0) },
        ]
    }

    private func board(_ request: PageRequest) async throws -> PageAnswer {
        let filter = BoardFilter(request)
        async let summary = summary(filter, request)
        async let catalogue = services.orders.call(ListCatalogue.self, .init(), as: request.visitor.role)
        let content =
            filter.isList
            ? BoardPage.Content.list(try await list(filter, request))
            : .columns(try await columns(filter, request))
        return .page(
            BoardPage(
                request: request, filter: filter, summary: try await summary,
                suppliers: try await catalogue.suppliers, content: content
            ).page)
    }

    private func summary(
        _ filter: BoardFilter, _ request: PageRequest
    ) async throws(RPCFailure) -> SummarizeOrders.Result {
        try await services.orders.call(
            SummarizeOrders.self,
            .with {
                $0.supplier = filter.supplier.isEmpty ? nil : filter.supplier
                $0.since = filter.period.length.map { request.now.advanced(by: .zero - $0) }
            }, as: request.visitor.role)
    }

    private func list(
        _ filter: BoardFilter, _ request: PageRequest
    ) async throws(RPCFailure) -> ListOrders.Result {
        try await services.orders.call(
            ListOrders.self, filter.orders(limit: Self.listLength), as: request.visitor.role)
    }

    private func columns(
        _ filter: BoardFilter, _ request: PageRequest
    ) async throws -> [OrderStatus: [OrderRecord]] {
        try await withThrowingTaskGroup(of: (OrderStatus, [OrderRecord]).self) { group in
            for status in OrderStatus.allCases {
                group.addTask {
                    let list = try await services.orders.call(
                        ListOrders.self, filter.orders(limit: Self.columnLength, status: status),
                        as: request.visitor.role)
                    return (status, list.orders)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func order(_ request: PageRequest) async throws -> PageAnswer {
        let number = request["order"]
        let role = request.visitor.role
        let order = try await services.orders.call(
            DescribeOrder.self, .with { $0.orderNum = number }, as: role)
        async let payments = try? services.payments.call(
            ListPayments.self,
            .with {
                $0.orderNum = number
                $0.limit = Self.paymentsMax
            }, as: role)
        async let tasks = try? services.engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = order.flow
                $0.executionName = number
            }, as: role)
        return .page(
            MerchantOrderPage(
                request: request, order: order, payments: await payments?.payments,
                tasks: await tasks?.tasks ?? []
            ).page)
    }
}
