import GRDB
import Primitives
import ServiceLedger

/// The accounts as the service works with them: the tables, with those of late in memory and the sums staged.
///
/// Everything here is called on the loop, inside a job of the group commit or between two commits.
struct AccountBook: Sendable {
    private let memory = RowMemory<OrderAccount>()
    private let sums = StagedSums(PaymentTable.sums)

    /// Both take part in the commits of `store`.
    func join(_ store: GroupCommit) {
        store.add(memory)
        store.add(sums)
    }

    /// The account where it is in memory.
    func recall(_ orderNum: String) -> OrderAccount? { memory.recall(orderNum) }

    func account(_ db: Database, _ orderNum: String) throws -> OrderAccount {
        if let known = memory.recall(orderNum) { return known }
        let account = try PaymentTable(db: db).account(orderNum)
        memory.remember(account, orderNum)
        return account
    }

    /// Lets `body` decide about an order's account, and writes what changed and what that promises to others.
    func change<Value>(
        _ db: Database, _ orderNum: String, at now: Timestamp, _ body: (inout OrderAccount) throws -> Value
    ) throws -> (value: Value, change: AccountChange) {
        let table = PaymentTable(db: db)
        let before = try account(db, orderNum)
        var after = before
        let value = try body(&after)
        let enqueued = try table.enqueue(&after, at: now)
        if after != before {
            try table.write(after, over: before)
            memory.change(after, orderNum)
            if let payment = after.payment {
                // A payment that follows a voided one leaves that where it was counted.
                let old = before.payment?.id == payment.id ? before.payment?.summed : nil
                sums.move(from: old, to: payment.summed, began: payment.accepted)
            }
        }
        return (value, AccountChange(before: before, after: after, enqueued: enqueued))
    }
}
