package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = "flow, number, definition, description, role_arn, environment, created"

extension SQLiteStore {
    package func version(_ number: Int64, of flow: Int64) throws(StoreError) -> StoredVersion? {
        let found = try versions("AND number = ?2") {
            $0.set(1, flow)
            $0.set(2, number)
        }
        return found.first
    }

    package func versions(of flow: Int64, before: Int64, limit: Int) throws(StoreError) -> [StoredVersion] {
        try versions("AND number < ?2 ORDER BY number DESC LIMIT ?3") {
            $0.set(1, flow)
            $0.set(2, before)
            $0.set(3, Int64(limit))
        }
    }

    private func versions(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredVersion] {
        try perform { db in
            var versions: [StoredVersion] = []
            try db.run(
                "SELECT \(columns) FROM flow_versions WHERE flow = ?1 AND is_removed = 0 \(rest)", set
            ) {
                versions.append(try StoredVersion($0))
            }
            return versions
        }
    }

    package func addVersion(_ version: StoredVersion) throws(StoreError) -> Int64 {
        var number: Int64 = 0
        try change { db in
            // Removed ones still count, so that no number is used twice.
            try db.run(
                "SELECT coalesce(max(number), 0) + 1 FROM flow_versions WHERE flow = ?",
                { $0.set(1, version.flow) }, row: { number = $0.integer(0) })
            try db.run("INSERT INTO flow_versions (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?)") {
                $0.set(1, version.flow)
                $0.set(2, number)
                $0.set(3, version.definition)
                $0.set(4, version.description)
                $0.set(5, version.roleArn)
                $0.set(6, JSONValue.object(version.environment).text)
                $0.set(7, version.created)
            }
        }
        return number
    }

    package func removeVersion(_ number: Int64, of flow: Int64) throws(StoreError) {
        try change { db in
            try db.run("UPDATE flow_versions SET is_removed = 1 WHERE flow = ? AND number = ?") {
                $0.set(1, flow)
                $0.set(2, number)
            }
        }
    }

    package func removeVersionsAndAliases(of flow: Int64) throws(StoreError) {
        try change { db in
            try db.run("DELETE FROM flow_versions WHERE flow = ?", { $0.set(1, flow) })
            try db.run("DELETE FROM flow_aliases WHERE flow = ?", { $0.set(1, flow) })
        }
    }
}

extension StoredVersion {
    fileprivate init(_ row: Columns) throws {
        self.init()
        flow = row.integer(0)
        number = row.integer(1)
        definition = row.text(2)
        description = row.text(3)
        roleArn = row.text(4)
        environment = try row.object(5, of: "version \(number) of flow number \(flow)")
        created = row.time(6) ?? created
    }
}
