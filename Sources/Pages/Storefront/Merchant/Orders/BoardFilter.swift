import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol
import WebPages

/// Which orders the merchant looks at: all of it stands in the address.
struct BoardFilter: Sendable, Hashable {
    enum Period: String, CaseIterable {
        case day, week, all

        var length: Duration? {
            switch self {
            case .day: .seconds(86_400)
            case .week: .seconds(7 * 86_400)
            case .all: nil
            }
        }

        func name(_ language: Language) -> String {
            switch self {
            case .day: language("Last 24 hours", "最近 24 小时")
            case .week: language("Last 7 days", "最近 7 天")
            case .all: language("All time", "全部")
            }
        }
    }

    var status: OrderStatus?
    var supplier = ""
    var search = ""
    var period = Period.all
    var page: String?

    init() {}

    init(_ request: PageRequest) {
        status = OrderStatus(rawValue: request.asked("status"))
        supplier = request.asked("supplier")
        search = request.asked("q")
        period = Period(rawValue: request.asked("period")) ?? .all
        page = request.asked("page").isEmpty ? nil : request.asked("page")
    }

    /// One list instead of a board of states.
    var isList: Bool { status != nil || !search.isEmpty }

    var path: String {
        var pairs: [(String, String)] = []
        if let status { pairs.append(("status", status.rawValue)) }
        if !supplier.isEmpty { pairs.append(("supplier", supplier)) }
        if !search.isEmpty { pairs.append(("q", search)) }
        if period != .all { pairs.append(("period", period.rawValue)) }
        if let page { pairs.append(("page", page)) }
        let query = pairs.map { "\($0)=\(PercentCoding.encode($1))" }.joined(separator: "&")
        return query.isEmpty ? ShopPaths.merchant : "\(ShopPaths.merchant)?\(query)"
    }

    /// The same with something else; always its first page.
    func with(_ edit: (inout BoardFilter) -> Void) -> BoardFilter {
        var other = self
        other.page = nil
        edit(&other)
        return other
    }

    func orders(limit: Int64, status: OrderStatus? = nil) -> ListOrders.Params {
        .with {
            $0.status = status ?? self.status
            $0.supplier = supplier.isEmpty ? nil : supplier
            $0.search = search.isEmpty ? nil : search
            $0.nextToken = page
            $0.limit = limit
        }
    }
}
