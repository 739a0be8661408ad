package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

extension SQLiteStore {
    /// A start reads all of them, a million perhaps: only what it needs, and nothing parsed that is empty.
    package func openExecutions(after: Int64, limit: Int) throws(StoreError) -> [RecoveredExecution] {
        try perform { db in
            var found: [RecoveredExecution] = []
            found.reserveCapacity(limit)
            try db.run(
                """
                SELECT execution, flow_name, deadline, undelivered, origin ->> '$.awaiting', open_steps
                FROM execution_index
                WHERE status = 'Running' AND execution > ? ORDER BY execution LIMIT ?
                """,
                { statement in
                    statement.set(1, after)
                    statement.set(2, Int64(limit))
                },
                row: { row in
                    var open = RecoveredExecution(execution: row.integer(0), flowName: row.text(1))
                    open.deadline = row.time(2)
                    open.hasUndelivered = row.integer(3) != 0
                    open.awaiting = row.optionalText(4).flatMap(AwaitingTask.init(text:))
                    open.steps = try row.steps(5)
                    found.append(open)
                })
            return found
        }
    }
}

extension Columns {
    fileprivate func steps(_ index: Int32) throws -> [OpenStep] {
        guard let text = optionalText(index) else { return [] }
        let steps = (try? JSONParser.parse(text))?.arrayValue?.map(OpenStep.init(json:))
        guard let steps, !steps.contains(nil) else {
            throw StoreFault(
                reason: "the entry of execution number \(integer(0)) has open steps that no release writes",
                isOfIndex: true)
        }
        return steps.compactMap { $0 }
    }
}
