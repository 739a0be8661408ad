import FlowEngineAPI
import HTTPMessage
import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing
import WebPages

@testable import OrderStore

/// What visitors do in a test.
extension Town {
    func get(
        _ target: String, as role: VisitorRole? = nil, language: String = "en"
    ) async -> WebAnswer {
        await ask("GET", target, as: role, language: language)
    }

    func post(
        _ target: String, _ fields: [(String, String)], as role: VisitorRole? = nil,
        token: String? = Gate.token
    ) async -> WebAnswer {
        let all = (token.map { [("csrf", $0)] } ?? []) + fields
        let form = all.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }
        return await ask("POST", target, form: form.joined(separator: "&"), as: role)
    }

    private func ask(
        _ method: String, _ target: String, form: String = "", as role: VisitorRole?, language: String = "en"
    ) async -> WebAnswer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = HeaderList([("Host", "shop.example"), ("Accept-Language", language)])
        if let role { headers["X-Role"] = role.rawValue }
        let head = WebHead(
            method: method, path: parts[0], query: parts.count == 2 ? parts[1] : nil, headers: headers)
        return await endpoint.answer(WebRequest(head, body: Array(form.utf8)))
    }

    /// The form of an order as a browser would send it: with the hidden fields of the page.
    func orderForm(
        _ supplier: String = "haidilao", _ quantities: [String: String] = ["beef": "2"],
        address: String = "West Lake 1"
    ) async throws -> [(String, String)] {
        let page = await get("/shop?supplier=\(supplier)").text
        var fields = try [("order", #require(page.value(of: "order"))), ("supplier", supplier)]
        for name in page.names(withPrefix: "p.") {
            fields.append((name, try #require(page.value(of: name))))
        }
        fields += quantities.sorted { $0.key < $1.key }.map { ("q.\($0.key)", $0.value) }
        return fields + [("address", address)]
    }

    /// Places an order; returns its number once its methods are on offer and the flow waits for the payment.
    @discardableResult
    func order(
        _ supplier: String = "haidilao", _ quantities: [String: String] = ["beef": "2"],
        address: String = "West Lake 1"
    ) async throws -> String {
        let answer = await post("/shop/orders", try await orderForm(supplier, quantities, address: address))
        let place = try #require(answer.headers["Location"], "\(answer.text)")
        let number = String(try #require(place.split(separator: "/").last))
        await until(number) { $0 == .awaitingPayment }
        while try await deadline(number) == nil { await Task.yield() }
        return number
    }

    func until(_ number: String, _ holds: @escaping @Sendable (OrderStatus) -> Bool) async {
        let orders = orders
        await loop.until {
            orders.assumeIsolated { (try? $0.describe(number)).map { holds($0.status) } ?? false }
        }
    }

    func record(_ number: String) async throws -> OrderRecord {
        try await services.orders.call(DescribeOrder.self, .with { $0.orderNum = number }, as: nil)
    }

    /// Until when the engine waits for the payment.
    func deadline(_ number: String) async throws -> String? {
        try await services.engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = Self.flow
                $0.executionName = number
            }, as: .read
        ).tasks.first { $0.stepName == "payment" && $0.state == "waitingForCallback" }?.deadline
    }

    func pay(
        _ number: String, _ method: String, price: String = "136", charged: String
    ) async -> WebAnswer {
        await post(
            "/shop/orders/\(number)/pay", [("method", method), ("price", price), ("charged", charged)])
    }
}

extension WebAnswer {
    var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
    var place: String { headers["Location"] ?? "" }
}

extension String {
    /// The value of the page's first field of the name.
    func value(of name: String) -> String? {
        guard let field = range(after: "name=\"\(name)\"")?.prefix(while: { $0 != ">" }) else { return nil }
        return String(field).between("value=\"", "\"")
    }

    func names(withPrefix prefix: String) -> [String] {
        components(after: "name=\"\(prefix)").map { prefix + $0.prefix { $0 != "\"" } }
    }

    private func range(after text: String) -> Substring? {
        ranges(of: text).first.map { self[$0.upperBound...] }
    }

    private func components(after text: String) -> [Substring] {
        ranges(of: text).map { self[$0.upperBound...] }
    }

    func between(_ start: String, _ end: String) -> String? {
        guard let rest = range(after: start), let stop = rest.ranges(of: end).first else { return nil }
        return String(rest[..<stop.lowerBound])
    }
}
