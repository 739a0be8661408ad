import HTMLMarkup
import OrderStoreAPI
import WebPages

/// What the states of an order are called.
enum OrderWords {
    static func name(_ status: OrderStatus, _ language: Language) -> String {
        switch status {
        case .submitted: language("Received", "已接单")
        case .awaitingPayment: language("To be paid", "待支付")
        case .paid: language("Paid", "已支付")
        case .completed: language("Completed", "已完成")
        case .canceled: language("Canceled", "已取消")
        case .failed: language("Failed", "失败")
        }
    }

    static func tone(_ status: OrderStatus) -> Tone {
        switch status {
        case .submitted: .run
        case .awaitingPayment: .wait
        case .paid: .run
        case .completed: .good
        case .canceled: .still
        case .failed: .bad
        }
    }

    static func mark(_ status: OrderStatus, _ language: Language) -> HTML {
        badge(name(status, language), tone(status))
    }
}

extension OrderLine {
    func name(_ language: Language) -> String { language(nameEn, nameZh) }
}

extension ProductRecord {
    func name(_ language: Language) -> String { language(nameEn, nameZh) }
}

extension CatalogueSupplier {
    func name(_ language: Language) -> String { language(nameEn, nameZh) }
}

extension OrderRecord {
    /// In one line: what was ordered, in the reader's words where they are known.
    func contents(_ language: Language) -> String {
        guard !items.isEmpty else { return products }
        return items.map { line in
            line.quantity == 1 ? line.name(language) : "\(line.name(language)) × \(line.quantity)"
        }.joined(separator: language(", ", "、"))
    }
}
