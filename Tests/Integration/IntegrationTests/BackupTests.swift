import Foundation
import OrderDesk
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import Synchronization
import TestHost
import Testing

extension Integration {
    /// The whole way: load, a backup meanwhile, everything killed, restored elsewhere, verified, run on.
    @Suite(.serialized) struct BackupTests {
        /// What buyers were told before the backup began.
        private struct Before: Sendable {
            var submitted: Set<String> = []
            var paid: Set<String> = []
        }

        @Test func `a backup under load is one moment, and the system goes on from it elsewhere`()
            async throws
        {
            let folder = try TestHost.TemporaryFolder()
            defer { folder.remove() }
            let backup = "\(folder.path)/backup"
            let before = try await FnfSystem.run { system in
                try await backUpUnderLoad(system, to: backup)
            }
            #expect(before.paid.count > 10)
            let restored = try await restoring(backup) { system in
                try await Self.expectAll(before, in: OrderDesk(system))
                try Self.expectOneChargeEach(system)
                let verified = try await system.fnfctl("admin", "verify", "-o", "json")
                #expect(verified.exitCode == 0, "\(verified)")
                return try JSONParser.parse(verified.output)
            }
            #expect(restored["Sound"]?.boolValue == true)
        }

        /// Buyers who order and pay until they are told to stop.
        private final class Buyers: Sendable {
            private let known = Mutex(Before())
            private let over = Mutex(false)
            private let isLoaded: AsyncStream<Void>.Continuation
            let loaded: AsyncStream<Void>

            init() { (loaded, isLoaded) = AsyncStream<Void>.makeStream() }

            var before: Before { known.withLock { $0 } }
            func stop() { over.withLock { $0 = true } }

            func buy(_ desk: OrderDesk, _ name: String) async {
                var number = 0
                while !over.withLock({ $0 }) {
                    number += 1
                    // What the kill takes away was acknowledged to nobody.
                    guard let order = try? await desk.submit("\(name)-\(number)") else { continue }
                    known.withLock { _ = $0.submitted.insert(order) }
                    guard (try? await desk.pay(order, "zhifubao")) != nil else { continue }
                    let paid = known.withLock { known in
                        known.paid.insert(order)
                        return known.paid.count
                    }
                    if paid >= 40 { isLoaded.finish() }
                }
            }
        }

        private func backUpUnderLoad(_ system: FnfSystem, to backup: String) async throws -> Before {
            let desk = OrderDesk(system)
            try await desk.applyFlow()
            let buyers = Buyers()
            let load = Task {
                await withTaskGroup(of: Void.self) { group in
                    for worker in 0..<6 { group.addTask { await buyers.buy(desk, "w\(worker)") } }
                }
            }
            for await _ in buyers.loaded {}
            let before = buyers.before
            let made = try await system.fnfctl("admin", "backup", backup, "-o", "json")
            #expect(made.exitCode == 0, "\(made)")
            let manifest = try JSONParser.parse(made.output)
            #expect(manifest["isOneCut"]?.boolValue == true)
            #expect(manifest["services"]?.arrayValue?.count == 5)
            try await system.killAllAndWait()
            buyers.stop()
            await load.value
            return before
        }

        /// Runs `body` on a system whose state comes from the backup.
        private func restoring<Value: Sendable>(
            _ backup: String, _ body: (FnfSystem) async throws -> Value
        ) async throws -> Value {
            var options = FnfSystem.Options()
            options.prepare = { up in
                let (code, text) = try Self.fnfctl(["admin", "restore", backup, "--dir", up, "-o", "json"])
                #expect(code == 0, "\(text)")
                let report = try JSONParser.parse(text)
                for difference in report["differences"]?.arrayValue ?? [] {
                    #expect(difference["heals"]?.boolValue == true, "\(difference.text)")
                }
                let again = try Self.fnfctl(["admin", "restore", backup, "--dir", up])
                #expect(again.code == 5, "\(again.text)")
                let engine = "\(up)/state/flow-engine/flow-engine.sqlite"
                let verified = try Self.fnfctl(["admin", "verify", "--file", engine])
                #expect(verified.code == 0, "\(verified.text)")
            }
            return try await FnfSystem.run(options, body)
        }

        private static func fnfctl(_ arguments: [String]) throws -> (code: Int32, text: String) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try BuildProducts.path(of: "fnfctl"))
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: data, as: UTF8.self))
        }

        /// Every order and every payment that was acknowledged is there and comes to its end.
        private static func expectAll(_ before: Before, in desk: OrderDesk) async throws {
            for order in before.submitted.sorted() {
                guard before.paid.contains(order) else {
                    #expect(try await desk.describe(order).orderNum == order)
                    continue
                }
                let closed = try await desk.closed(order)
                #expect(closed.status == .completed, "\(order)")
            }
        }

        private static func expectOneChargeEach(_ system: FnfSystem) throws {
            let charges = try system.database(of: .paymentGateway).rows(
                "SELECT order_num, count(*) AS n FROM charges GROUP BY order_num HAVING n > 1")
            #expect(charges.isEmpty)
            let doubled = try system.database(of: .paymentGateway).rows(
                "SELECT order_num FROM payments WHERE state <> 'voided' GROUP BY order_num HAVING count(*) > 1"
            )
            #expect(doubled.isEmpty)
        }

        @Test func `while it runs a restore is refused, and a backup to where something is`() async throws {
            let folder = try TestHost.TemporaryFolder()
            defer { folder.remove() }
            try await FnfSystem.run { system in
                let backup = "\(folder.path)/backup"
                #expect(try await system.fnfctl("admin", "backup", backup).exitCode == 0)
                #expect(try await system.fnfctl("admin", "backup", backup).exitCode == 5)
                let up = system.supervisor.plan.layout.folder
                let refused = try await system.fnfctl("admin", "restore", backup, "--dir", up)
                #expect(refused.exitCode == 5 && refused.errorOutput.contains("fnfctl up"), "\(refused)")
                #expect(try await system.fnfctl("admin", "restore", backup, "--check").exitCode == 0)
                let one = "\(folder.path)/one"
                #expect(
                    try await system.fnfctl("admin", "backup", "--service", "flow-engine", one).exitCode == 0)
                #expect(Files.exists("\(one)/flow-engine/token.key"))
            }
        }
    }
}
