import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// All payments at a glance.
extension PaymentGatewayService {
    func list(_ params: ListPayments.Params) throws(RPCError) -> ListPayments.Result {
        let limit = params.limit ?? 60
        guard (1...1000).contains(limit) else {
            throw RPCError(.invalidPayment, "limit is 1 to 1000, not \(limit)", details: ["path": "limit"])
        }
        guard let before = params.nextToken.map({ Int64($0) }) ?? Int64.max else {
            throw RPCError(
                .invalidPayment, "nextToken is not from an answer of this method",
                details: ["path": "nextToken"])
        }
        // One more than the page tells whether there is another.
        let (found, floor) = try store.read { db in
            let table = PaymentTable(db: db)
            let top = min(before, try table.lastID() + 1)
            let query = PaymentQuery(
                orderNum: params.orderNum, state: params.state, method: params.paymentMethod,
                search: params.search, before: top, limit: Int(limit) + 1)
            let floor = query.isIndexed ? 1 : max(1, top - PaymentQuery.rowsReadMax)
            return (try table.list(query, floor: floor), floor)
        }
        let page = found.prefix(Int(limit))
        let next = found.count > page.count ? page.last?.id : floor > 1 ? floor : nil
        return .with {
            $0.payments = page.map { $0.1.record }
            $0.nextToken = next.map { String($0) }
        }
    }

    func summarize(_ params: SummarizePayments.Params) throws(RPCError) -> SummarizePayments.Result {
        let time = SummedTime(since: params.since, until: params.until)
        let kept = try store.read { db in
            do { return try PaymentTable.sums.read(db, of: time, group: nil) } catch is RunningSums.TooMany {
                throw RPCError(
                    .invalidPayment, "since and until span too many methods and days; narrow them",
                    details: ["path": "since"])
            }
        }
        let sums = PaymentState.allCases.flatMap { state in
            byMethod(kept.filter { $0.state == state.rawValue }, state)
        }
        return .with {
            $0.sums = sums
            $0.since = time.since
            $0.until = time.until
        }
    }

    /// Any word may have been tried as a method: those that nothing is charged by are one sum.
    private func byMethod(_ kept: [RunningSum], _ state: PaymentState) -> [PaymentSum] {
        var sums: [String: PaymentSum] = [:]
        for sum in kept {
            let method = discounts.factors[sum.group] == nil ? "" : sum.group
            var total =
                sums[method]
                ?? PaymentSum.with {
                    $0.state = state
                    $0.paymentMethod = method
                }
            total.count += sum.count
            total.price.add(sum.amount)
            total.charged.add(sum.charged)
            sums[method] = total
        }
        return sums.values.sorted { $0.paymentMethod < $1.paymentMethod }
    }
}
