import Foundation
import GRDB
import LoopSupport
import Testing

@testable import FlowStoreSQLite

/// A database file whose bytes a test changes while nobody has it open.
struct DamagedFile {
    let path: String
    private static let pageSize = 4096

    /// The pages of a table or an index, those that others lead to first.
    func pages(of name: String, leaves: Bool = true) throws -> [Int] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try Int.fetchAll(
                db,
                sql: """
                    SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path
                    """, arguments: [name, leaves ? "leaf" : "internal"])
        }
    }

    func names() throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in try String.fetchAll(db, sql: "SELECT DISTINCT name FROM dbstat") }
    }

    func overwrite(page: Int, with byte: UInt8 = 0xA5, from offset: Int = 0, count: Int = pageSize) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64((page - 1) * Self.pageSize + offset))
        try file.write(contentsOf: Data(repeating: byte, count: count))
    }

    /// Turns one bit of one byte.
    func flip(at offset: Int) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        defer { try? file.close() }
        try file.seek(toOffset: UInt64(offset))
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data([byte ^ 0x04]))
    }

    func cut(to size: Int) throws {
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        defer { try? file.close() }
        try file.truncate(atOffset: UInt64(size))
    }

    var size: Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Where a text stands in the file.
    func offset(of text: String) throws -> Int? {
        try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8))?.lowerBound
    }
}

extension TemporaryFolder {
    /// The files as they stand, with what the processes shared: as a kill in the same boot leaves them.
    func wholeImage() throws -> TemporaryFolder {
        let image = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(image.path)/\(name)")
        }
        return image
    }
}
