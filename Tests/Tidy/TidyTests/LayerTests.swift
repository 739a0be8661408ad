import Foundation
import Testing

/// SwiftPM lets an import through that is reachable by another dependency, so the rows need a check of their own.
@Suite struct LayerTests {
    static let standard: Set<String> = [
        "Swift", "Glibc", "Synchronization", "Dispatch", "Foundation", "FoundationEssentials",
    ]

    @Test func `every import of a room stands in its row of the manifest`() throws {
        let rooms = try Rooms.read()
        #expect(rooms.count > 20, "the manifest could not be read: \(rooms.map(\.name))")
        for room in rooms {
            let files = try Repository.files(under: "Sources/\(room.layer)/\(room.name)")
            #expect(!files.isEmpty, "the room \(room.name) is empty")
            for file in files {
                for name in imports(of: file) where !Self.standard.contains(name) {
                    #expect(
                        room.imports.contains(name),
                        "\(file) imports \(name), which the row of \(room.name) does not name")
                }
            }
        }
    }

    @Test func `values and the pure rooms use neither Foundation nor the outside`() throws {
        for folder in ["Sources/Values", "Sources/Pure", "Sources/Contracts"] {
            for file in try Repository.files(under: folder) {
                let outside = imports(of: file).intersection([
                    "Foundation", "NIOCore", "NIOPosix", "GRDB", "Logging", "SystemdKit",
                ])
                #expect(outside.isEmpty, "\(file) imports \(outside.sorted())")
            }
        }
    }

    @Test func `a service knows no transport, no systemd and no other service`() throws {
        let services: Set<String> = [
            "FlowEngine", "OrderStore", "PaymentGateway", "SupplierRules", "FlowWeb", "HTTPEgress",
        ]
        let banned = services.union(["RPCTransport", "SystemdKit", "ServiceKit", "NIOCore", "NIOPosix"])
        for file in try Repository.files(under: "Sources/Services") {
            let found = imports(of: file).intersection(banned)
            #expect(found.isEmpty, "\(file) imports \(found.sorted())")
        }
    }

    @Test func `the engine knows no order`() throws {
        for folder in ["Sources/Services/FlowEngine", "Sources/Pure/FlowCore"] {
            for file in try Repository.files(under: folder) {
                let apis = imports(of: file).intersection([
                    "OrderStoreAPI", "PaymentGatewayAPI", "SupplierRulesAPI",
                ])
                #expect(apis.isEmpty, "\(file) imports \(apis.sorted())")
            }
        }
    }

    private func imports(of file: Repository.SourceFile) -> Set<String> {
        var names = Set<String>()
        for line in file.lines {
            guard
                let match = String(line).wholeMatch(
                    of:
                        /(?:@\w+ )?(?:package |internal |public |private )?import (?:struct |enum |protocol |func )?(\w+).*/
                )
            else { continue }
            names.insert(String(match.1))
        }
        return names
    }
}
