import Foundation

/// A target of the manifest and what its row names.
struct Room {
    let name: String
    let layer: String
    let imports: Set<String>
}

/// The rows of Package.swift, read as text so that the test sees what a reader sees.
enum Rooms {
    static let products: [String: [String]] = [
        "nio": ["NIOCore", "NIOPosix"], "log": ["Logging"], "yams": ["Yams"], "grdb": ["GRDB"],
        "sqlite": ["GRDBSQLite"], "crypto": ["Crypto"],
        "arguments": ["ArgumentParser"],
        "contracts": [
            "FlowEngineAPI", "OrderStoreAPI", "PaymentGatewayAPI", "SupplierRulesAPI", "FlowWebAPI",
            "HTTPEgressAPI",
        ],
        "tls": ["NIOSSL"], "http1": ["NIOHTTP1"], "tlsEvents": ["NIOTLS"],
        "httpChannel": ["HummingbirdCore", "HTTPTypes", "NIOHTTPTypes", "NIOHTTPTypesHTTP1"],
        "hosting": [
            "Primitives", "RPCProtocol", "RPCTransport", "SystemdKit", "ServiceKit", "ConfigurationFile",
        ],
    ]

    static func read() throws -> [Room] {
        let manifest = try Repository.text("Package.swift")
        let row = try Regex(#"room\(\s*"(\w+)",\s*"(\w+)"(?:,\s*(\[[^\]]*\](?:\s*\+\s*\w+)*))?\s*\)"#)
        let binary = try Regex(#"executable\(\s*"([\w-]+)",\s*(\[[^\]]*\](?:\s*\+\s*\w+)*)\s*\)"#)
        var rooms: [Room] = []
        for match in manifest.matches(of: row) {
            rooms.append(
                Room(
                    name: text(match, 2), layer: text(match, 1), imports: names(in: text(match, 3))))
        }
        for match in manifest.matches(of: binary) {
            rooms.append(Room(name: text(match, 1), layer: "Executables", imports: names(in: text(match, 2))))
        }
        return rooms
    }

    private static func text(_ match: Regex<AnyRegexOutput>.Match, _ group: Int) -> String {
        match.output[group].substring.map(String.init) ?? ""
    }

    private static func names(in row: String) -> Set<String> {
        var names = Set<String>()
        for match in row.matches(of: /"(\w+)"/) { names.insert(String(match.1)) }
        let bare = row.replacing(/"[^"]*"/, with: "")
        for match in bare.matches(of: /\w+/) { names.formUnion(products[String(match.output)] ?? []) }
        return names
    }
}
