import GRDB
import Primitives
import ServiceLedger

/// The database of the access keys as it is found at the start, opened with the credential.
struct KeyBook {
    let queue: DatabaseQueue
    let keys: [String: AccessKey]
    /// The ids of keys whose secret does not open.
    let unreadable: [String]
    /// A process before this one made the database.
    let isOld: Bool

    private static let checkText = "flow-web"
    private static let checkPlace = "check"

    /// Throws: before any secret is looked at, when the credential is not the one that sealed them.
    static func open(
        _ path: String, _ credential: AccessCredential, world: any World
    ) throws(AccessStartFault) -> KeyBook {
        do {
            let queue = try ServiceDatabase.open(path) {
                AccessKeyTable.registerMigrations(&$0)
                SessionTable.registerMigrations(&$0)
            }
            return try queue.write { db in
                let table = AccessKeyTable(db: db)
                let isOld = try prove(credential, table, path, world)
                return try read(table, credential, world: world, queue: queue, isOld: isOld)
            }
        } catch let fault as AccessStartFault {
            throw fault
        } catch let fault as ServiceDatabase.Fault {
            throw AccessStartFault(fault.description)
        } catch {
            throw AccessStartFault("the access keys in \(path) can't be read: \(error)")
        }
    }

    /// Returns whether the database is an old one.
    private static func prove(
        _ credential: AccessCredential, _ table: AccessKeyTable, _ path: String, _ world: any World
    ) throws -> Bool {
        let check = try table.check()
        let opened = check.flatMap { credential.open($0, place: checkPlace) }
        if check != nil, opened?.text != checkText {
            throw AccessStartFault(
                "the credential \(AccessCredential.name) is not the one that the access keys in \(path) were "
                    + "sealed with; put that one back (a new one may stand above it, on its own line), or "
                    + "move \(path) away and create the keys again with `fnfctl key create`")
        }
        if opened?.isPresent != true {
            try table.setCheck(
                credential.seal(
                    checkText, place: checkPlace, nonce: world.entropy(AccessCredential.nonceBytes)))
        }
        return check != nil
    }

    private static func read(
        _ table: AccessKeyTable, _ credential: AccessCredential, world: any World, queue: DatabaseQueue,
        isOld: Bool
    ) throws -> KeyBook {
        var keys: [String: AccessKey] = [:]
        for row in try table.all() {
            let (key, isPresent) = row.opened(with: credential)
            keys[key.id] = key
            // What a former key of the credential sealed is sealed with the present one, so that the former
            // can be taken away after one start.
            if !isPresent, let secret = key.secret {
                let nonce = world.entropy(AccessCredential.nonceBytes)
                try table.reseal(key.id, credential.seal(secret, place: key.place, nonce: nonce))
            }
        }
        return KeyBook(
            queue: queue, keys: keys, unreadable: keys.values.filter { $0.secret == nil }.map(\.id).sorted(),
            isOld: isOld)
    }
}
