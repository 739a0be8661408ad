import GRDB
import Glibc
import Primitives

/// The nonces that were used, in a file of their own. Touched only by the desk that holds it, on its loop.
///
/// Durability: what is written survives the end of this process, also by a kill, but not that of the machine:
/// no write waits for the disk. The file therefore names the boot that wrote it, and another boot begins
/// anew; `isContinued` tells.
final class NonceStore {
    /// The file holds every nonce that this boot let in.
    let isContinued: Bool
    private let queue: DatabaseQueue
    /// Another boot's, closed. Kept, because a queue that is let go of is taken apart by libdispatch's pool
    /// of threads, which from then on wakes this process each second.
    private let leftover: DatabaseQueue?
    /// Slot → key → nonces.
    private(set) var counts: [Int64: [Int64: Int]] = [:]
    /// The newest slot of which anything was forgotten: requests that expire in it or before it are not let
    /// in any more, also when the clock is set back.
    private(set) var forgottenSlot = Int64.min
    /// Of all keys together.
    private(set) var count = 0

    /// - Parameter boot: nil when it can't be known: then each start begins anew.
    init(path: String, boot: String?) throws(AccessStartFault) {
        do {
            // None is made where there is none.
            let found = access(path, F_OK) == 0 ? try? Self.open(path) : nil
            let written = found.flatMap {
                try? $0.read { try String.fetchOne($0, sql: "SELECT id FROM boot") }
            }
            isContinued = written != nil && written == boot
            if !isContinued {
                // What is left may be torn; nothing of it is needed, since older requests are refused.
                try? found?.close()
                for end in ["", "-wal", "-shm"] { unlink(path + end) }
            }
            leftover = isContinued ? nil : found
            let opened = try (isContinued ? found : nil) ?? Self.open(path)
            queue = opened
            try opened.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO boot (one, id, forgotten_slot) VALUES (1, ?, ?)
                        ON CONFLICT (one) DO UPDATE SET id = excluded.id
                        """, arguments: [boot ?? "", Int64.min])
            }
            forgottenSlot =
                try opened.read { try Int64.fetchOne($0, sql: "SELECT forgotten_slot FROM boot") } ?? .min
            counts = try opened.read(Self.counts)
            count = counts.values.reduce(0) { $0 + $1.values.reduce(0, +) }
        } catch {
            throw AccessStartFault(
                "\(path) can't be used: \(error); check that its folder exists, belongs to this user, is "
                    + "writable and not full; the file itself may be removed while the service is stopped")
        }
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "nonces"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous=OFF")
            // Units: KiB when negative. The slots that are being written to, not more.
            try db.execute(sql: "PRAGMA cache_size=-8192")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            // GRDB sets NORMAL itself after the preparation.
            try db.execute(
                sql: """
                    PRAGMA synchronous=OFF;
                    CREATE TABLE IF NOT EXISTS boot (
                      one INTEGER PRIMARY KEY, id TEXT NOT NULL, forgotten_slot INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE IF NOT EXISTS nonces (
                      slot INTEGER NOT NULL, key INTEGER NOT NULL, high INTEGER NOT NULL,
                      low INTEGER NOT NULL,
                      PRIMARY KEY (slot, key, high, low)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return queue
    }

    private static func counts(_ db: Database) throws -> [Int64: [Int64: Int]] {
        var counts: [Int64: [Int64: Int]] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT slot, key, count(*) FROM nonces GROUP BY slot, key")
        while let row = try rows.next() { counts[row[0], default: [:]][row[1]] = row[2] }
        return counts
    }

    func count(ofKey key: Int64) -> Int { counts.values.reduce(0) { $0 + ($1[key] ?? 0) } }

    /// The first slot that holds anything.
    var oldestSlot: Int64? { counts.keys.min() }

    /// Writes each mark that is new and that `refusal` has nothing against, all in one transaction.
    ///
    /// Returns, for each mark, why it is not let in. Throws when nothing could be written.
    func remember(
        _ marks: [NonceMark], at now: Timestamp, refusal: (Int) -> AccessFault?
    ) throws -> [AccessFault?] {
        // In the order in which they came; a mark of this transaction is not counted below before it ends.
        var written: [NonceMark.Identity: Int64] = [:]
        let answers = try queue.write { db in
            let insert = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO nonces (slot, key, high, low) VALUES (?, ?, ?, ?)")
            var answers: [AccessFault?] = []
            for (index, mark) in marks.enumerated() {
                if try written[mark.identity] != nil || isUsed(mark, at: now, db) {
                    answers.append(.nonceUsed)
                } else if let fault = refusal(index) {
                    answers.append(fault)
                } else {
                    try insert.execute(arguments: [mark.slot, mark.key, mark.high, mark.low])
                    written[mark.identity] = mark.slot
                    answers.append(nil)
                }
            }
            return answers
        }
        count += written.count
        for (mark, slot) in written { counts[slot, default: [:]][mark.key, default: 0] += 1 }
        return answers
    }

    /// A nonce says nothing about the slot that it was used in: each that has not passed is asked.
    private func isUsed(_ mark: NonceMark, at now: Timestamp, _ db: Database) throws -> Bool {
        let find = try db.cachedStatement(
            sql: "SELECT 1 FROM nonces WHERE slot = ? AND key = ? AND high = ? AND low = ?")
        for (slot, keys) in counts where keys[mark.key] != nil && NonceMark.end(ofSlot: slot) > now {
            if try Int.fetchOne(find, arguments: [slot, mark.key, mark.high, mark.low]) != nil {
                return true
            }
        }
        return false
    }

    /// Forgets marks whose slot has passed, at most `limit` a call so that no tick grows long. Returns
    /// whether some are left.
    func forget(at now: Timestamp, limit: Int) throws -> Bool {
        guard let slot = oldestSlot, NonceMark.end(ofSlot: slot) <= now else { return false }
        let forgotten = try queue.write { db in
            try db.execute(
                sql: """
                    DELETE FROM nonces WHERE (slot, key, high, low) IN
                      (SELECT slot, key, high, low FROM nonces WHERE slot = ? LIMIT ?)
                    """, arguments: [slot, limit])
            let forgotten = db.changesCount
            try db.execute(sql: "UPDATE boot SET forgotten_slot = ?", arguments: [slot])
            return forgotten
        }
        forgottenSlot = slot
        count -= forgotten
        if forgotten < limit { counts[slot] = nil }
        guard let next = oldestSlot else { return false }
        return NonceMark.end(ofSlot: next) <= now
    }

    func close() { try? queue.close() }
}
