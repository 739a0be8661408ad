import HTTPMessage
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import WebPages

/// The page of an order, its events, and how it is paid.
struct TrackerPages: Sendable {
    let services: PageServices
    let hub: EventHub
    let bell: OrderBell

    var routes: [PageRoute] {
        [
            .get("/shop/orders/{order}") { try await show($0) },
            .get("/shop/orders/{order}/events") { try await follow($0) },
            .get("/shop/orders/{order}/pay") { .seeOther(ShopPaths.order($0["order"])) },
            .post("/shop/orders/{order}/pay") { try await pay($0) },
        ]
    }

    private func show(_ request: PageRequest) async throws -> PageAnswer {
        let price = DecimalNumber(request.asked("price"))
        let sight = try await load(request, price: price)
        let said = PaymentSaying(rawValue: request.asked("said"))
        return .page(
            TrackerPage(
                request: request, sight: sight, said: said.flatMap { $0.fits(sight.stage) ? $0 : nil }
            ).page)
    }

    private func load(_ request: PageRequest, price: DecimalNumber? = nil) async throws -> OrderSight {
        do {
            guard OrderNumber.isOne(request["order"]) else { throw Self.unknown(request) }
            return try await OrderSight.load(request["order"], price: price, from: services)
        } catch let failure as RPCFailure where failure.answer?.name == .orderNotExists {
            throw Self.unknown(request)
        }
    }

    private static func unknown(_ request: PageRequest) -> Problem {
        let language = request.language
        return Problem(
            404, language("No such order", "没有这个订单"),
            language(
                "There is no order with this number.", "找不到该订单号对应的订单。"),
            advice: language(
                "Please compare the number with the one you were given, each letter of it.",
                "请逐字核对订单号。"))
    }

    private func follow(_ request: PageRequest) async throws -> PageAnswer {
        guard OrderNumber.isOne(request["order"]) else { throw Self.unknown(request) }
        return try bell.answer(to: OrderTopics.order(request["order"]), request.language)
    }

    private func pay(_ request: PageRequest) async throws -> PageAnswer {
        let number = request["order"]
        guard OrderNumber.isOne(number) else { throw Self.unknown(request) }
        let said = try await said(to: request, about: number)
        // The other windows in which this order is open.
        hub.ring(OrderTopics.order(number))
        return .seeOther(said.map { ShopPaths.order(number, said: $0) } ?? ShopPaths.order(number))
    }

    /// Pays, unless what the buyer saw is not so any more. Nil: the page says it all.
    private func said(to request: PageRequest, about number: String) async throws -> PaymentSaying? {
        let method = request.field("method")
        guard let price = DecimalNumber(request.field("price")), price.isPositive, !method.isEmpty else {
            return .unreadable
        }
        do throws(RPCFailure) {
            let quote = try await services.payments.call(
                QuotePayment.self,
                .with {
                    $0.orderNum = number
                    $0.price = price
                }, as: nil)
            // A repeat is answered as the first time, whatever things cost by now.
            if quote.payment.map({ $0.state == .voided }) ?? true, quote.payable {
                if let fault = Self.fault(in: quote, method, shown: DecimalNumber(request.field("charged"))) {
                    return fault
                }
            }
            let payment = try await services.payments.call(
                PayOrder.self,
                .with {
                    $0.orderNum = number
                    $0.paymentMethod = method
                    $0.price = price
                }, as: nil)
            return payment.state == .voided ? .voided : nil
        } catch {
            if error.answer?.name == .orderNotExists { throw Self.unknown(request) }
            guard let saying = PaymentSaying(error) else { throw error }
            return saying
        }
    }

    /// Between the page and the button the offer may have changed: the buyer agreed to what was shown.
    private static func fault(
        in quote: QuotePayment.Result, _ method: String, shown: DecimalNumber?
    ) -> PaymentSaying? {
        guard !quote.quotes.isEmpty else { return nil }
        guard let offer = quote.quotes.first(where: { $0.paymentMethod == method }), offer.fault == nil else {
            return .method
        }
        return offer.charged == shown ? nil : .price
    }
}
