import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import ServiceLedger
import Synchronization

/// A database file with a loop and a writer, as a service has them.
struct Ledger: Sendable {
    let folder: TemporaryFolder
    let loop: TestLoop
    let queue: DatabaseQueue
    let store: GroupCommit
    let faults: Faults

    final class Faults: Sendable {
        private let told = Mutex<[(text: String, isFatal: Bool)]>([])

        var texts: [String] { told.withLock { $0.map(\.text) } }
        var hasFatal: Bool { told.withLock { $0.contains { $0.isFatal } } }

        func tell(_ text: String, _ isFatal: Bool) { told.withLock { $0.append((text, isFatal)) } }
    }

    init(in folder: TemporaryFolder? = nil) throws {
        let folder = try folder ?? TemporaryFolder()
        let loop = TestLoop()
        let faults = Faults()
        queue = try ServiceDatabase.open("\(folder.path)/test.sqlite") { migrator in
            migrator.registerMigration("notes-1") { db in
                try db.execute(sql: "CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT")
            }
        }
        store = GroupCommit(queue, loop: loop) { faults.tell($0, $1) }
        self.folder = folder
        self.loop = loop
        self.faults = faults
    }

    /// The same files as a kill at this moment leaves them, opened by another process.
    func afterCrash() async throws -> Ledger {
        let folder = folder
        return try Ledger(in: try await loop.run { try folder.crashImage() })
    }

    func note(_ text: String) async throws(RPCError) {
        try await store.write { try $0.execute(sql: "INSERT INTO notes VALUES (?)", arguments: [text]) }
    }

    func notes() async throws -> [String] {
        let store = store
        return try await loop.run {
            try store.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY rowid") }
        }
    }

    /// Starts all bodies in one turn of the loop and waits until each has ended.
    func inOneTick(_ bodies: [@Sendable () async -> Void]) async throws {
        let loop = loop
        let tasks = try await loop.run { bodies.map { loop.spawn($0) } }
        for task in tasks { await task.value }
    }
}
