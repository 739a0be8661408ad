import Foundation
import GRDB
import Glibc
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import StateBackup

@Suite(.timeLimit(.minutes(1))) struct BackupTests {
    private struct Clock: World {
        let now = Timestamp(microseconds: 0)
        func entropy(_ count: Int) -> [UInt8] { Array(repeating: 7, count: count) }
    }

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = "\(folder.path)/order-store.sqlite"
    }

    private func database(rows: Int) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { db in
            try db.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, text BLOB NOT NULL)")
            for _ in 0..<rows { try db.execute(sql: "INSERT INTO t (text) VALUES (randomblob(1000))") }
        }
        return queue
    }

    private func caller(files: [String] = []) -> InProcessCaller {
        var table = HandlerTable()
        StateBackup(
            service: "order-store", version: "1", databases: [path], files: files, world: Clock(),
            logger: Logger(label: "test")
        ).add(to: &table)
        return InProcessCaller(table, door: .admin)
    }

    /// Makes a backup; `onMoment` is called when the moment is fixed.
    private func backup(
        to target: String, files: [String] = [], onMoment: @escaping @Sendable () throws -> Void = {}
    ) async throws -> BackupManifest {
        let writer = try BackupWriter(folder: target)
        let receiver = try writer.receiver(of: "order-store")
        let end = try await caller(files: files).stream(
            BackUpService.name, NoFields().wire, meta: RPCMeta()
        ) { json in
            let item = try BackUpService.Item(wire: json, strict: true)
            if item.file.isEmpty { try onMoment() }
            receiver.take(item)
        }
        var manifest = BackupManifest()
        manifest.services = [try receiver.finish(try BackUpService.Result(wire: end, strict: true))]
        try writer.finish(manifest)
        return manifest
    }

    private func count(_ path: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM t") ?? 0 }
    }

    @Test func `bytes come back from their text`() {
        for count in [0, 1, 2, 3, 4, 5, 100, 1000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
            let text = Base64Text.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(Base64Text.decode(text) == bytes)
        }
        for text in ["a", "ab=c", "====", "a===", "ab!=", "ab"] { #expect(Base64Text.decode(text) == nil) }
    }

    @Test func `the copy shows the moment that was fixed, not what is written meanwhile`() async throws {
        let queue = try database(rows: 2000)
        let key = "\(folder.path)/token.key"
        try Data("secret".utf8).write(to: URL(fileURLWithPath: key))
        let target = "\(folder.path)/backup"
        let manifest = try await backup(to: target, files: [key]) {
            try queue.write { db in try db.execute(sql: "DELETE FROM t WHERE id > 10") }
        }
        #expect(manifest.services.first?.files.map(\.name) == ["order-store.sqlite", "token.key"])
        #expect(try count("\(target)/order-store/order-store.sqlite") == 2000)
        #expect(try count(path) == 10)
        #expect(try String(contentsOfFile: "\(target)/order-store/token.key", encoding: .utf8) == "secret")
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!left.contains { $0.contains(".backup") || $0.contains(".partial") })
    }

    @Test func `a caller that goes away leaves nothing, and the next is served`() async throws {
        let queue = try database(rows: 3000)
        for round in 0..<3 {
            await #expect(throws: RPCFailure.self) {
                _ = try await caller().stream(BackUpService.name, NoFields().wire, meta: RPCMeta()) { _ in
                    throw CancellationError()
                }
            }
            let target = "\(folder.path)/backup\(round)"
            _ = try await backup(to: target)
            #expect(try count("\(target)/order-store/order-store.sqlite") == 3000)
        }
        withExtendedLifetime(queue) {}
    }

    @Test func `what a killed copy has left is removed at the start`() throws {
        for ending in ["", "-journal"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: path + StateSnapshot.suffix + ending))
        }
        _ = caller()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a backup goes where there is nothing, byte by byte or not at all`() async throws {
        let queue = try database(rows: 100)
        let target = "\(folder.path)/backup"
        _ = try await backup(to: target)
        #expect(throws: BackupFault.self) { try BackupWriter(folder: target) }
        let places = StatePlaces(
            stateFolder: "\(folder.path)/state", runtimeFolder: "\(folder.path)/run", lockFile: nil)
        let restore = try BackupRestore(folder: target, places: places, service: nil)
        try restore.checkEmpty()
        try restore.check()
        try restore.put()
        #expect(try count(places.database(of: "order-store")) == 100)
        let refused = #expect(throws: BackupFault.self) { try restore.checkEmpty() }
        #expect(refused?.kind == .refused)
        // One bit.
        let file = URL(fileURLWithPath: "\(target)/order-store/order-store.sqlite")
        var data = try Data(contentsOf: file)
        data[5000] ^= 1
        try data.write(to: file)
        #expect((#expect(throws: BackupFault.self) { try restore.check() })?.kind == .damaged)
        withExtendedLifetime(queue) {}
    }

    @Test(arguments: ["../x", ".x", "a/b", ""]) func `a manifest names no other place`(_ name: String) throws
    {
        let target = "\(folder.path)/backup"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        var manifest = BackupManifest()
        manifest.services = [.with { $0.service = name }]
        try Data(manifest.wire.text.utf8).write(to: URL(fileURLWithPath: "\(target)/manifest.json"))
        #expect(
            (#expect(throws: BackupFault.self) { try BackupManifest.read(from: target) })?.kind == .damaged)
    }

    @Test func `a socket that somebody listens at keeps a restore away`() throws {
        let places = StatePlaces(stateFolder: folder.path, runtimeFolder: folder.path, lockFile: nil)
        try places.checkStopped(stopBy: "x")
        let socket = try ListeningSocket(path: "\(folder.path)/order-store.sock")
        #expect(
            (#expect(throws: BackupFault.self) { try places.checkStopped(stopBy: "x") })?.kind == .refused)
        socket.close()
        try places.checkStopped(stopBy: "x")
    }

    @Test func `databases are written anew without the room of what was removed`() throws {
        let places = StatePlaces(
            stateFolder: "\(folder.path)/state", runtimeFolder: "\(folder.path)/run", lockFile: nil)
        try FileManager.default.createDirectory(
            atPath: places.folder(of: "order-store"), withIntermediateDirectories: true)
        let queue = try database(rows: 2000)
        try queue.write { db in try db.execute(sql: "DELETE FROM t WHERE id > 10") }
        try queue.close()
        try FileManager.default.moveItem(atPath: path, toPath: places.database(of: "order-store"))
        let outcome = try #require(try Compaction.run(places).first)
        #expect(outcome.after < outcome.before / 10)
        #expect(try count(places.database(of: "order-store")) == 10)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: places.folder(of: "order-store"))
                == ["order-store.sqlite"])
    }
}

/// A Unix socket that listens.
private struct ListeningSocket {
    let descriptor: Int32

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(descriptor, 1) == 0)
    }

    func close() { _ = Glibc.close(descriptor) }
}
