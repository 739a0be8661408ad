package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = "flow, name, description, routes, created, modified"

extension SQLiteStore {
    package func alias(_ name: String, of flow: Int64) throws(StoreError) -> StoredAlias? {
        let found = try aliases("AND name = ?2") {
            $0.set(1, flow)
            $0.set(2, name)
        }
        return found.first
    }

    package func aliases(
        of flow: Int64, fromName: String, limit: Int
    ) throws(StoreError) -> [StoredAlias] {
        try aliases("AND name >= ?2 ORDER BY name LIMIT ?3") {
            $0.set(1, flow)
            $0.set(2, fromName)
            $0.set(3, Int64(limit))
        }
    }

    private func aliases(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredAlias] {
        try perform { db in
            var aliases: [StoredAlias] = []
            try db.run("SELECT \(columns) FROM flow_aliases WHERE flow = ?1 \(rest)", set) {
                aliases.append(try StoredAlias($0))
            }
            return aliases
        }
    }

    package func putAlias(_ alias: StoredAlias) throws(StoreError) {
        try change { db in
            try db.run("REPLACE INTO flow_aliases (\(columns)) VALUES (?, ?, ?, ?, ?, ?)") {
                $0.set(1, alias.flow)
                $0.set(2, alias.name)
                $0.set(3, alias.description)
                $0.set(4, alias.routesText)
                $0.set(5, alias.created)
                $0.set(6, alias.modified)
            }
        }
    }

    package func removeAlias(_ name: String, of flow: Int64) throws(StoreError) {
        try change { db in
            try db.run("DELETE FROM flow_aliases WHERE flow = ? AND name = ?") {
                $0.set(1, flow)
                $0.set(2, name)
            }
        }
    }
}

extension StoredAlias {
    /// Shape: `[[version,weight],…]`.
    fileprivate var routesText: String {
        JSONValue.array(routes.map { .array([.integer($0.version), .integer($0.weight)]) }).text
    }

    fileprivate init(_ row: Columns) throws {
        self.init()
        flow = row.integer(0)
        name = row.text(1)
        description = row.text(2)
        for item in (try? JSONParser.parse(row.text(3)).arrayValue) ?? [] {
            let pair = item.arrayValue?.compactMap(\.integerValue) ?? []
            guard pair.count == 2 else { continue }
            routes.append(StoredRoute(version: pair[0], weight: pair[1]))
        }
        guard !routes.isEmpty else {
            throw StoreError.unreadable(
                place: "alias \(name) of flow number \(flow)", reason: "it names no version")
        }
        created = row.time(4) ?? created
        modified = row.time(5) ?? modified
    }
}
