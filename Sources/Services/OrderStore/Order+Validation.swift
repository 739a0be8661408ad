import OrderStoreAPI
import Primitives

extension Order {
    /// The order that a submission asks for. Throws: `invalid`, with the parameter and the rule.
    init(
        _ params: SubmitOrder.Params, defaultFlow: String, at now: Timestamp,
        limits: OrderLimits = .standard
    ) throws(OrderStoreError) {
        try Self.checkNumber(params.orderNum, limits)
        try Self.check("supplier", params.supplier, bytesMax: limits.supplierBytesMax)
        if let items = params.items {
            try Self.checkItems(items, limits)
        } else {
            try Self.check("products", params.products, bytesMax: limits.productsBytesMax)
        }
        try Self.check("address", params.address, bytesMax: limits.addressBytesMax)
        if let total = params.total, !total.isPositive {
            throw .invalid("total", "must be greater than 0, found \(total)")
        }
        if let flow = params.flow, !flow.isPlainName(charactersMax: limits.numberCharactersMax) {
            throw .invalid("flow", "\"\(flow)\" can not be the name of a flow; `fnfctl flow list` shows them")
        }
        self.init(
            number: params.orderNum, supplier: params.supplier, products: params.products,
            address: params.address, total: params.total, flow: params.flow ?? defaultFlow,
            flowAsked: params.flow, submitted: now, wanted: params.items ?? [])
    }

    private static func checkNumber(_ number: String, _ limits: OrderLimits) throws(OrderStoreError) {
        guard number.isPlainName(charactersMax: limits.numberCharactersMax) else {
            throw .invalid(
                "orderNum",
                "must be 1 to \(limits.numberCharactersMax) letters, digits, '_' or '-', found \"\(number)\"")
        }
    }

    private static func check(_ name: String, _ text: String, bytesMax: Int) throws(OrderStoreError) {
        guard text.utf8.contains(where: { $0 > 0x20 }) else { throw .invalid(name, "must not be empty") }
        guard text.utf8.count <= bytesMax else {
            throw .invalid(name, "has \(text.utf8.count) bytes, at most \(bytesMax) are allowed")
        }
    }

    /// `zhifubao, weixin` as names, each once, in the order given.
    static func methods(
        in combination: String, limits: OrderLimits = .standard
    ) throws(OrderStoreError) -> [String] {
        var methods: [String] = []
        for method in combination.commaSeparatedNames where !methods.contains(method) {
            methods.append(method)
        }
        guard !methods.isEmpty else {
            throw .invalid("paymentcombination", "names no payment method; separate names by commas")
        }
        guard methods.count <= limits.methodsMax else {
            throw .invalid(
                "paymentcombination", "has \(methods.count) methods, at most \(limits.methodsMax) are allowed"
            )
        }
        for method in methods { try check("paymentcombination", method, bytesMax: limits.methodBytesMax) }
        return methods
    }

    static func checkPayment(_ payment: Payment, limits: OrderLimits = .standard) throws(OrderStoreError) {
        try check("paymentMethod", payment.method, bytesMax: limits.methodBytesMax)
        guard payment.paid.isPositive else {
            throw .invalid("paid", "must be greater than 0, found \(payment.paid)")
        }
        guard payment.price >= .zero else {
            throw .invalid("price", "must not be negative, found \(payment.price)")
        }
    }
}

extension String {
    /// Letters, digits, '_' and '-', so that it needs no quoting in a shell or a URL.
    func isPlainName(charactersMax: Int) -> Bool {
        let count = utf8.count
        return count > 0 && count <= charactersMax
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
