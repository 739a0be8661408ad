import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import WebPages

/// The form of an order as somebody filled it in: everything typed is kept, whatever is wrong with it.
struct OrderDraft: Sendable {
    /// A few lines. Units: bytes. As order-store takes them.
    static let addressBytesMax = 2048
    static let quantityMax: Int64 = 99
    static let linesMax = 50

    var number: String
    var supplier: String
    /// Product → what stands in its field.
    var typed: [String: String] = [:]
    var address = ""
    /// Product → the price that was shown when the form was made.
    var shownPrices: [String: DecimalNumber] = [:]

    init(number: String, supplier: String) {
        self.number = number
        self.supplier = supplier
    }

    /// Reads a form that was sent: `q.PRODUCT` are quantities, `p.PRODUCT` the prices that were shown.
    init(_ request: PageRequest) {
        number = request.field("order")
        supplier = request.field("supplier")
        address = request.field("address").replacing("\r\n", with: "\n")
        for pair in request.form.pairs {
            if pair.name.hasPrefix("q.") {
                let text = pair.value.filter { !$0.isWhitespace }
                if !text.isEmpty, text != "0" { typed[String(pair.name.dropFirst(2))] = text }
            } else if pair.name.hasPrefix("p.") {
                shownPrices[String(pair.name.dropFirst(2))] = DecimalNumber(pair.value)
            }
        }
    }

    static func quantity(_ text: String) -> Int64? {
        guard let number = Int64(text), (1...quantityMax).contains(number) else { return nil }
        return number
    }
}

/// What is wrong with a draft, at the field where it is.
struct DraftFaults: Sendable, Hashable {
    /// Above the form.
    var general: String?
    var items: String?
    var quantities: [String: String] = [:]
    var address: String?
    /// An order was placed by this very form; the buyer may want to see it.
    var placed: String?

    var isEmpty: Bool { self == DraftFaults() }
}

extension OrderDraft {
    /// What order-store is to be asked, or what keeps it from being asked.
    func checked(
        against supplier: CatalogueSupplier?, _ language: Language
    ) -> Result<SubmitOrder.Params, DraftRefusal> {
        var faults = DraftFaults()
        checkAddress(language, &faults)
        let products = (supplier?.products ?? []).filter(\.available)
        let known = Dictionary(products.map { ($0.product, $0) }) { first, _ in first }
        let gone = typed.keys.filter { known[$0] == nil }
        if !gone.isEmpty {
            faults.items = language(
                "Some of what you had chosen is not on the menu any more. Please look again.",
                "您选的部分菜品已下架，请重新确认。")
        }
        var items: [OrderItem] = []
        for product in products {
            guard let text = typed[product.product] else { continue }
            guard let quantity = Self.quantity(text) else {
                faults.quantities[product.product] = language(
                    "A number from 1 to \(Self.quantityMax), please.", "请填写 1 到 \(Self.quantityMax) 的数字。")
                continue
            }
            items.append(
                .with {
                    $0.product = product.product
                    $0.quantity = quantity
                })
        }
        if items.isEmpty, faults.items == nil, faults.quantities.isEmpty {
            faults.items = language("Choose at least one dish.", "请至少选择一道菜。")
        } else if items.count > Self.linesMax {
            faults.items = language(
                "At most \(Self.linesMax) different dishes fit into one order.",
                "一单最多 \(Self.linesMax) 种菜品。")
        }
        guard faults.isEmpty else { return .failure(DraftRefusal(faults: faults)) }
        return .success(params(items))
    }

    private func params(_ items: [OrderItem]) -> SubmitOrder.Params {
        .with {
            $0.orderNum = number
            $0.supplier = supplier
            $0.items = items
            $0.address = address
            $0.total = shownTotal(of: items)
        }
    }

    /// What the buyer saw; order-store refuses it when the catalogue says otherwise by now.
    private func shownTotal(of items: [OrderItem]) -> DecimalNumber? {
        var sum = DecimalSum()
        for item in items {
            guard let price = shownPrices[item.product],
                let amount = Money.amount(price, times: item.quantity)
            else { return nil }
            sum.add(amount)
        }
        return DecimalNumber(sum.description)
    }

    private func checkAddress(_ language: Language, _ faults: inout DraftFaults) {
        if address.isEmpty {
            faults.address = language("Where shall we bring it?", "请填写送餐地址。")
        } else if address.utf8.count > Self.addressBytesMax {
            faults.address = language(
                "That is too long: at most \(Self.addressBytesMax) bytes.",
                "地址过长：最多 \(Self.addressBytesMax) 字节。")
        }
    }
}

struct DraftRefusal: Error, Sendable, Hashable { let faults: DraftFaults }
