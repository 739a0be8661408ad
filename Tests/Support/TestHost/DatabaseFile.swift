import GRDB
package import Primitives

/// A service's database, looked at from outside while the service runs.
package struct DatabaseFile: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The rows of a query: numbers, texts and nulls; a blob as text when it is UTF-8.
    package func rows(_ sql: String) throws(TestHostFault) -> [JSONObject] {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let rows = try queue.read { try Row.fetchAll($0, sql: sql) }
            return rows.map { row in JSONObject(row.map { ($0.0, Self.json($0.1)) }) }
        } catch {
            throw .database(path: path, reason: "\(error)")
        }
    }

    /// The first column of the first row.
    package func value(_ sql: String) throws(TestHostFault) -> JSONValue {
        try rows(sql).first?.first { _ in true }?.value ?? .null
    }

    private static func json(_ value: DatabaseValue) -> JSONValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .number(number)
        case .string(let text): .string(text)
        case .blob(let data): .string(String(decoding: data, as: UTF8.self))
        }
    }

    /// Changes something behind the service's back, which reads it at its next start.
    package func change(_ sql: String) throws(TestHostFault) {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            try DatabaseQueue(path: path, configuration: configuration).write { try $0.execute(sql: sql) }
        } catch {
            throw .database(path: path, reason: "\(error)")
        }
    }

    /// Takes the write lock, so that the service can commit nothing until `release` is called.
    package func holdWriteLock() throws(TestHostFault) -> WriteLock {
        do {
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
            return WriteLock(queue: queue)
        } catch {
            throw .database(path: path, reason: "\(error)")
        }
    }

    package struct WriteLock: Sendable {
        let queue: DatabaseQueue

        package func release() throws(TestHostFault) {
            do { try queue.inDatabase { try $0.execute(sql: "ROLLBACK") } } catch {
                throw .database(path: queue.path, reason: "\(error)")
            }
        }
    }
}
