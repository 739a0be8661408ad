import GRDB
import RPCProtocol

/// One write that waits for its commit. It may be run twice: what counts is the last time.
protocol CommitJob: AnyObject, Sendable {
    func run(_ db: Database) throws
    func refuse(_ error: RPCError)
    func finish(_ failure: RPCError?)
}

/// The jobs of one tick as one transaction.
struct CommitTransaction {
    let db: Database
    let members: [any CommitMember]

    /// Commits what the jobs do, without those that refuse. Returns whether anything was changed.
    ///
    /// A job nearly always refuses before it changes anything, so they run side by side in the transaction: a
    /// savepoint for each would copy every page it touches. When one refuses too late, all of it is taken
    /// back and done again with savepoints.
    /// Throws: the database's error; then nothing is kept.
    func commit(_ batch: [any CommitJob]) throws -> Bool {
        if let hasChanged = try attempt({ try runSideBySide(batch) }) { return hasChanged }
        return try attempt {
            try runApart(batch)
            return true
        } ?? false
    }

    /// What counts as a change: rows of the database, and what members will write.
    private var changesMade: (rows: Int, held: Int) {
        (db.totalChangesCount, members.reduce(0) { $0 + $1.changesHeld })
    }

    /// Commits when `run` says so; else nothing is kept, and the answer is nil.
    private func attempt(_ run: () throws -> Bool) throws -> Bool? {
        let before = db.totalChangesCount
        do {
            try execute("BEGIN IMMEDIATE TRANSACTION")
            guard try run() else {
                try takeBack()
                return nil
            }
            for member in members { try member.write(db) }
            try execute("COMMIT TRANSACTION")
        } catch {
            try? takeBack()
            throw error
        }
        for member in members { member.committed() }
        return db.totalChangesCount != before
    }

    private func takeBack() throws {
        for member in members { member.undo(to: 0) }
        if db.isInsideTransaction { try execute("ROLLBACK TRANSACTION") }
    }

    /// False when a job refused after it had changed something.
    private func runSideBySide(_ batch: [any CommitJob]) throws -> Bool {
        for job in batch {
            let before = changesMade
            do { try job.run(db) } catch let refusal as RPCError {
                guard changesMade == before else { return false }
                job.refuse(refusal)
            }
        }
        return true
    }

    private func runApart(_ batch: [any CommitJob]) throws {
        for job in batch {
            let held = members.map(\.changesHeld)
            try execute("SAVEPOINT job")
            do { try job.run(db) } catch let refusal as RPCError {
                try execute("ROLLBACK TO SAVEPOINT job")
                for (member, held) in zip(members, held) { member.undo(to: held) }
                job.refuse(refusal)
            }
            try execute("RELEASE SAVEPOINT job")
        }
    }

    /// Compiled once for the connection.
    private func execute(_ sql: String) throws { try db.cachedStatement(sql: sql).execute() }
}
