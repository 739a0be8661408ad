package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = """
    flow, id, name, definition, description, type, role_arn, external_storage_location, execution_mode, \
    created, modified, deleted, environment, resource_group
    """

extension SQLiteStore {
    package func flow(named name: String) throws(StoreError) -> StoredFlow? {
        try flows("WHERE name = ? AND deleted IS NULL", { $0.set(1, name) }).first
    }

    package func flowCount() throws(StoreError) -> Int {
        try perform { db in
            var count: Int64 = 0
            try db.run("SELECT count(*) FROM flows WHERE deleted IS NULL", row: { count = $0.integer(0) })
            return Int(count)
        }
    }

    package func deletedFlows(named name: String) throws(StoreError) -> [StoredFlow] {
        try flows("WHERE name = ? AND deleted IS NOT NULL ORDER BY flow DESC", { $0.set(1, name) })
    }

    package func flows(
        fromName: String, limit: Int, resourceGroup: String?
    ) throws(StoreError) -> [StoredFlow] {
        let group = resourceGroup == nil ? "" : "AND resource_group = ?3"
        return try flows("WHERE name >= ?1 AND deleted IS NULL \(group) ORDER BY name LIMIT ?2") {
            $0.set(1, fromName)
            $0.set(2, Int64(limit))
            if let resourceGroup { $0.set(3, resourceGroup) }
        }
    }

    private func flows(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredFlow] {
        try perform { db in
            var flows: [StoredFlow] = []
            try db.run("SELECT \(columns) FROM flows \(rest)", set) {
                flows.append(try StoredFlow($0))
            }
            return flows
        }
    }

    package func addFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try Self.pin(flow.definition, definitionText, in: db)
            try db.run(
                "INSERT INTO flows (\(columns)) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                { flow.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func replaceFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError) {
        try change { db in
            try Self.pin(flow.definition, definitionText, in: db)
            try db.run(
                """
                UPDATE flows SET id = ?, name = ?, definition = ?, description = ?, type = ?, role_arn = ?,
                    external_storage_location = ?, execution_mode = ?, created = ?, modified = ?, deleted = ?,
                    environment = ?, resource_group = ?
                WHERE flow = ?
                """,
                {
                    flow.set($0)
                    $0.set(14, flow.key)
                })
        }
    }

    private static func pin(_ id: String, _ text: String, in db: Database) throws {
        try db.run("INSERT INTO definitions (id, text) VALUES (?, ?) ON CONFLICT (id) DO NOTHING") {
            $0.set(1, id)
            $0.set(2, text)
        }
    }

    package func pin(definition id: String, text: String) throws(StoreError) {
        try change { try Self.pin(id, text, in: $0) }
    }

    package func definitionText(_ id: String) throws(StoreError) -> String? {
        try perform { db in
            var text: String?
            try db.run(
                "SELECT text FROM definitions WHERE id = ?", { $0.set(1, id) }, row: { text = $0.text(0) })
            return text
        }
    }
}

extension StoredFlow {
    /// Parameters 1 to 13: every column but the key.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, id)
        statement.set(2, name)
        statement.set(3, definition)
        statement.set(4, description)
        statement.set(5, type)
        statement.set(6, roleArn)
        statement.set(7, externalStorageLocation)
        statement.set(8, executionMode)
        statement.set(9, created)
        statement.set(10, modified)
        statement.set(11, deleted)
        statement.set(12, JSONValue.object(environment).text)
        statement.set(13, resourceGroup)
    }

    fileprivate init(_ row: Columns) throws {
        self.init()
        key = row.integer(0)
        id = row.text(1)
        name = row.text(2)
        definition = row.text(3)
        description = row.text(4)
        type = row.text(5)
        roleArn = row.text(6)
        externalStorageLocation = row.text(7)
        executionMode = row.text(8)
        created = row.time(9) ?? created
        modified = row.time(10) ?? modified
        deleted = row.time(11)
        environment = try row.object(12, of: "flow \(name)")
        resourceGroup = row.text(13)
    }
}
