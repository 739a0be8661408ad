// swift-tools-version: 6.2
import PackageDescription

/// The rooms of fnf, in the order of the table in docs/architecture.md: a room imports only what its row names, and a
/// row only names rows above it. SwiftPM does not hold that rule by itself, `Tests/Tidy` does.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// - Parameter isInlined: in an optimised build its code may be taken into the rooms that use it: for what runs with
///   every message and every event.
func room(
    _ layer: String, _ name: String, _ imports: [Target.Dependency] = [], isInlined: Bool = false
) -> Target {
    let inlined = SwiftSetting.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))
    return .target(
        name: name, dependencies: imports, path: "Sources/\(layer)/\(name)",
        swiftSettings: isInlined ? house + [inlined] : house)
}

func executable(_ name: String, _ imports: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: imports, path: "Sources/Executables/\(name)", swiftSettings: house)
}

func tests(
    _ layer: String, _ name: String, _ imports: [Target.Dependency], resources: [Resource] = [],
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: imports, path: "Tests/\(layer)/\(name)", exclude: exclude,
        resources: resources, swiftSettings: house)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
]
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpChannel: [Target.Dependency] = [
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
]
let http1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let tlsEvents: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")

let contracts: [Target.Dependency] = [
    "FlowEngineAPI", "OrderStoreAPI", "PaymentGatewayAPI", "SupplierRulesAPI", "FlowWebAPI", "HTTPEgressAPI",
]
let hosting: [Target.Dependency] = [
    "Primitives", "RPCProtocol", "RPCTransport", "SystemdKit", "ServiceKit", "ConfigurationFile",
]

let package = Package(
    name: "fnf",
    products: [
        .executable(name: "flow-engine", targets: ["flow-engine"]),
        .executable(name: "order-store", targets: ["order-store"]),
        .executable(name: "payment-gateway", targets: ["payment-gateway"]),
        .executable(name: "supplier-rules", targets: ["supplier-rules"]),
        .executable(name: "flow-web", targets: ["flow-web"]),
        .executable(name: "http-egress", targets: ["http-egress"]),
        .executable(name: "fnfctl", targets: ["fnfctl"]),
        // For the tests, to preload: it is not installed.
        .library(name: "CrashShim", type: .dynamic, targets: ["CrashShim"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        // Without traits: they bring all of Foundation and a configuration system of its own.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    ],
    targets: [
        // Values
        room("Values", "Primitives", isInlined: true),
        room("Values", "FlowModel", ["Primitives"], isInlined: true),
        // Pure
        room("Pure", "FlowDefinition", ["Primitives", "FlowModel"]),
        room("Pure", "FlowParsing", ["Primitives", "FlowModel", "FlowDefinition", yams]),
        room("Pure", "FlowCore", ["Primitives", "FlowModel", "FlowDefinition"]),
        room("Pure", "FlowSchedule", ["Primitives"]),
        room("Pure", "FlowDrawing", ["Primitives", "FlowModel", "FlowDefinition"]),
        room("Pure", "FlowSimulation", ["Primitives", "FlowModel", "FlowDefinition", "FlowCore"]),
        room("Pure", "RPCProtocol", ["Primitives"], isInlined: true),
        room("Pure", "HTTPMessage", ["Primitives"]),
        room("Pure", "HTMLMarkup", []),
        room("Pure", "RequestSigning", ["Primitives", "HTTPMessage", crypto]),
        room("Pure", "MessageXML", ["Primitives"]),
        // Contracts
        room("Contracts", "FlowEngineAPI", ["Primitives", "FlowModel", "RPCProtocol"]),
        room("Contracts", "OrderStoreAPI", ["Primitives", "FlowModel", "RPCProtocol"]),
        room("Contracts", "PaymentGatewayAPI", ["Primitives", "FlowModel", "RPCProtocol"]),
        room("Contracts", "SupplierRulesAPI", ["Primitives", "FlowModel", "RPCProtocol"]),
        room("Contracts", "FlowWebAPI", ["Primitives", "RPCProtocol"]),
        room("Contracts", "HTTPEgressAPI", ["Primitives", "RPCProtocol"]),
        // Pages
        room("Pages", "WebPages", ["Primitives", "HTTPMessage", "HTMLMarkup", "RPCProtocol", log]),
        room(
            "Pages", "Storefront",
            [
                "Primitives", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "WebPages", "OrderStoreAPI",
                "PaymentGatewayAPI", "SupplierRulesAPI", "FlowEngineAPI", log,
            ]),
        room(
            "Pages", "ConsoleParts",
            [
                "Primitives", "FlowModel", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "WebPages",
                "FlowEngineAPI",
            ]),
        room(
            "Pages", "OperationPages",
            [
                "Primitives", "FlowModel", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "WebPages",
                "ConsoleParts", "FlowSchedule", "FlowEngineAPI", "OrderStoreAPI", "PaymentGatewayAPI",
                "SupplierRulesAPI", log,
            ]),
        room(
            "Pages", "ExecutionPages",
            [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "FlowDrawing",
                "FlowSimulation", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "WebPages", "ConsoleParts",
                "FlowEngineAPI", log,
            ]),
        room(
            "Pages", "FlowPages",
            [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "FlowDrawing",
                "FlowSimulation", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "WebPages", "ConsoleParts",
                "FlowEngineAPI", log,
            ]),
        // Adapters
        room("Adapters", "FlowStore", ["Primitives", "FlowModel", "CPlatform"], isInlined: true),
        room("Adapters", "SQLiteStatements", ["Primitives", grdb, sqlite], isInlined: true),
        room(
            "Adapters", "FlowStoreSQLite",
            ["Primitives", "FlowModel", "FlowStore", "SQLiteStatements", grdb]),
        room(
            "Adapters", "ServiceLedger",
            ["Primitives", "RPCProtocol", "FlowEngineAPI", "SQLiteStatements", grdb, log]),
        room("Adapters", "StateBackup", ["Primitives", "FlowModel", "RPCProtocol", grdb, crypto, log]),
        room("Adapters", "ConfigurationFile", ["Primitives", yams]),
        room("Adapters", "ZoneDatabase", ["Primitives", "FlowSchedule"]),
        room("Adapters", "RPCTransport", ["Primitives", "RPCProtocol", "CPlatform", log] + nio),
        room(
            "Adapters", "HTTPTransport", ["Primitives", "HTTPMessage", log, tls, http1] + httpChannel + nio),
        room("Adapters", "HTTPClient", ["Primitives", "HTTPMessage", log, tls, http1, tlsEvents] + nio),
        // Hosting
        .systemLibrary(
            name: "CSystemd", path: "Sources/Hosting/CSystemd", pkgConfig: "libsystemd",
            providers: [.apt(["libsystemd-dev"])]),
        .target(name: "CPlatform", path: "Sources/Hosting/CPlatform"),
        room("Hosting", "SystemdKit", ["CSystemd", "CPlatform", log]),
        room(
            "Hosting", "ServiceKit",
            [
                "Primitives", "RPCProtocol", "RPCTransport", "SystemdKit", "CPlatform", log,
                arguments,
            ] + nio),
        room("Hosting", "SystemUnits", ["Primitives", "OperationPages", "CSystemd"]),
        .target(name: "CSupervisor", path: "Sources/Hosting/CSupervisor"),
        room("Hosting", "ServiceSupervisor", ["Primitives", "CPlatform", "CSupervisor"]),
        // Services
        room(
            "Services", "FlowEngine",
            [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "RPCProtocol",
                "HTTPMessage", "FlowSchedule", "FlowStore", "FlowEngineAPI", "HTTPEgressAPI", "MessageXML",
                crypto, log,
            ]),
        room(
            "Services", "OrderStore",
            [
                "Primitives", "RPCProtocol", "SQLiteStatements", "ServiceLedger", "OrderStoreAPI",
                "FlowEngineAPI", grdb, log,
            ]),
        room(
            "Services", "PaymentGateway",
            [
                "Primitives", "RPCProtocol", "SQLiteStatements", "ServiceLedger", "PaymentGatewayAPI",
                "OrderStoreAPI", "FlowEngineAPI", grdb, log,
            ]),
        room(
            "Services", "SupplierRules",
            [
                "Primitives", "RPCProtocol", "ServiceLedger", "SupplierRulesAPI", "OrderStoreAPI",
                "FlowEngineAPI", grdb, log,
            ]),
        room(
            "Services", "HTTPEgress",
            ["Primitives", "HTTPMessage", "RPCProtocol", "HTTPEgressAPI", log]),
        room(
            "Services", "FlowWeb",
            [
                "Primitives", "FlowModel", "HTTPMessage", "HTMLMarkup", "RequestSigning", "MessageXML",
                "RPCProtocol", "ServiceLedger", "WebPages", "FlowWebAPI", "FlowEngineAPI", "OrderStoreAPI",
                crypto, grdb, log,
            ]),
        // Clients
        room(
            "Clients", "FnfctlCommands",
            [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowDrawing", "FlowSimulation",
                "FlowSchedule", "RPCProtocol", "RPCTransport", "ConfigurationFile", "ZoneDatabase",
                "ServiceSupervisor", "StateBackup", "FlowEngine", "FlowStore", "FlowStoreSQLite", arguments,
            ]
                + contracts),
        // Executables
        executable(
            "flow-engine",
            [
                "FlowEngine", "FlowModel", "FlowStoreSQLite", "FlowStore", "ZoneDatabase", "HTTPMessage",
                "HTTPEgressAPI", "StateBackup", log, arguments,
            ]
                + hosting),
        executable("order-store", ["OrderStore", "ServiceLedger", "StateBackup", log, arguments] + hosting),
        executable(
            "payment-gateway", ["PaymentGateway", "ServiceLedger", "StateBackup", log, arguments] + hosting),
        executable(
            "supplier-rules", ["SupplierRules", "ServiceLedger", "StateBackup", log, arguments] + hosting),
        executable(
            "flow-web",
            [
                "FlowWeb", "WebPages", "Storefront", "ConsoleParts", "OperationPages", "ExecutionPages",
                "FlowPages", "SystemUnits", "ZoneDatabase", "HTTPTransport", "HTTPMessage", "StateBackup",
                log,
                arguments,
            ] + hosting),
        executable(
            "http-egress",
            ["HTTPEgress", "HTTPClient", "HTTPMessage", log, arguments] + hosting),
        executable("fnfctl", ["FnfctlCommands", arguments]),
        // Outside every product, so that it can reach `package` declarations and its needs reach no user.
        .target(name: "CEcho", path: "Benchmarks/CEcho"),
        .target(
            name: "BenchReport", dependencies: ["Primitives"], path: "Benchmarks/BenchReport",
            swiftSettings: house),
        .executableTarget(
            name: "fnf-bench",
            dependencies: [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "FlowStore",
                "FlowStoreSQLite", "StateBackup", "BenchReport", "CEcho", sqlite, "RPCProtocol",
                "RPCTransport", "ServiceSupervisor", "HTTPMessage", "RequestSigning", log, arguments,
            ] + contracts + nio,
            path: "Benchmarks/fnf-bench", swiftSettings: house),
        .target(
            name: "CrashPoints",
            dependencies: [
                "FaultyDisk", "Primitives", "FlowModel", "FlowStore", "FlowStoreSQLite", "FlowSchedule",
                "RPCProtocol",
                "ServiceLedger", "FlowEngine", "OrderStore", "PaymentGateway", "SupplierRules", "LoopSupport",
                grdb, log,
            ] + contracts, path: "Tests/Support/CrashPoints", swiftSettings: house),
        .executableTarget(
            name: "fnf-soak",
            dependencies: [
                "Primitives", "RPCProtocol", "RPCTransport", "ServiceSupervisor", "FlowEngineAPI",
                "OrderStoreAPI",
                "PaymentGatewayAPI", grdb, arguments,
            ], path: "Benchmarks/fnf-soak", swiftSettings: house),
        .executableTarget(
            name: "fnf-crashpoints", dependencies: ["CrashPoints", arguments],
            path: "Benchmarks/fnf-crashpoints", swiftSettings: house),
        .target(
            name: "FlowOracle",
            dependencies: [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "FlowSimulation",
            ],
            path: "Tests/Support/FlowOracle", swiftSettings: house),
        .target(name: "CEscapedWork", path: "Tests/Support/CEscapedWork"),
        // The whole system in one process, from a seed.
        .target(
            name: "SystemSimulation",
            dependencies: [
                "Primitives", "FlowModel", "FlowDefinition", "FlowParsing", "FlowCore", "FlowSimulation",
                "FlowOracle", "FlowStore", "FlowStoreSQLite", "ServiceLedger", "RPCProtocol", "FlowEngine",
                "OrderStore", "PaymentGateway", "SupplierRules", "FlowEngineAPI", "OrderStoreAPI",
                "PaymentGatewayAPI", "SupplierRulesAPI", "FaultyDisk", "CEscapedWork", "FlowSchedule",
                "LoopSupport", grdb, log,
            ],
            path: "Tests/Support/SystemSimulation", swiftSettings: house),
        .executableTarget(
            name: "fnf-simulate", dependencies: ["Primitives", "FlowOracle", "SystemSimulation", arguments],
            path: "Benchmarks/fnf-simulate", swiftSettings: house),
        .target(
            name: "LoopSupport", dependencies: ["Primitives", "RPCProtocol"],
            path: "Tests/Support/LoopSupport", swiftSettings: house),
        // What the tests share: a library to preload, a service to supervise, the whole system in a folder.
        .target(name: "CrashShim", path: "Tests/Support/CrashShim"),
        .target(
            name: "CFaultyDisk", path: "Tests/Support/CFaultyDisk",
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("pthread")]),
        .target(
            name: "FaultyDisk", dependencies: ["CFaultyDisk"], path: "Tests/Support/FaultyDisk",
            swiftSettings: house),
        .executableTarget(name: "probe-service", path: "Tests/Support/ProbeService"),
        .executableTarget(
            name: "hosted-probe", dependencies: ["Primitives", "RPCProtocol", "ServiceKit", log, arguments],
            path: "Tests/Support/HostedProbe", swiftSettings: house),
        .target(
            name: "TestHost",
            dependencies: [
                "Primitives", "RPCProtocol", "RPCTransport", "ServiceSupervisor", "CPlatform", "CrashShim",
                "probe-service", grdb,
            ], path: "Tests/Support/TestHost", swiftSettings: house),
        tests("Unit", "FlowModelTests", ["FlowModel", "Primitives"]),
        tests("Unit", "FlowDefinitionTests", ["FlowParsing", "FlowDefinition", "FlowModel", "Primitives"]),
        tests(
            "Unit", "FlowScheduleTests", ["FlowSchedule", "ZoneDatabase", "Primitives"],
            resources: [.copy("Zones")]),
        tests("Unit", "FlowDrawingTests", ["FlowDrawing", "FlowParsing", "FlowDefinition", "FlowModel"]),
        tests(
            "Unit", "FlowLanguageTests",
            ["FlowCore", "FlowParsing", "FlowDefinition", "FlowModel", "Primitives"]),
        tests(
            "Unit", "FlowCoreTests",
            ["FlowOracle", "FlowCore", "FlowParsing", "FlowDefinition", "FlowModel", "Primitives"]),
        tests(
            "Unit", "FlowSimulationTests",
            [
                "FlowSimulation", "FlowCore", "FlowParsing", "FlowDefinition", "FlowModel", "Primitives",
                "FnfctlCommands", "ConfigurationFile",
            ]),
        tests(
            "Unit", "FlowOracleTests",
            [
                "FlowOracle", "FlowSimulation", "FlowDrawing", "FlowParsing", "FlowDefinition", "FlowModel",
                "Primitives",
            ]),
        tests("Unit", "SystemdKitTests", ["SystemdKit", "CPlatform", log]),
        tests(
            "Unit", "SystemSimulationTests",
            ["SystemSimulation", "FlowSimulation", "Primitives", "TestHost", "fnf-simulate"]),
        tests("Unit", "FaultyDiskTests", ["FaultyDisk", grdb]),
        .target(
            name: "Linearizability", path: "Tests/Support/Linearizability", swiftSettings: house),
        tests("Unit", "LinearizabilityTests", ["Linearizability"]),
        tests("Unit", "TestHostTests", ["TestHost", "ServiceSupervisor", "Primitives", "RPCProtocol"]),
        tests("Unit", "ServiceSupervisorTests", ["ServiceSupervisor", "Primitives", "TestHost"]),
        tests("Unit", "PrimitivesTests", ["Primitives"]),
        tests("Unit", "BenchReportTests", ["BenchReport", "Primitives"]),
        tests("Unit", "RPCProtocolTests", ["Primitives", "RPCProtocol"]),
        tests("Unit", "RPCTransportTests", ["Primitives", "RPCProtocol", "RPCTransport", log] + nio),
        tests(
            "Unit", "ServiceKitTests",
            [
                "ServiceKit", "Primitives", "RPCProtocol", "RPCTransport", "ServiceSupervisor", "TestHost",
                "hosted-probe",
            ] + nio),
        tests("Unit", "ConfigurationFileTests", ["Primitives", "ConfigurationFile"]),
        tests("Unit", "SQLiteStatementsTests", ["SQLiteStatements", "Primitives", grdb]),
        tests(
            "Unit", "ServiceLedgerTests", ["ServiceLedger", "Primitives", "RPCProtocol", "LoopSupport", grdb]),
        tests(
            "Unit", "PaymentGatewayTests",
            [
                "PaymentGateway", "ServiceLedger", "PaymentGatewayAPI", "OrderStoreAPI", "FlowEngineAPI",
                "Primitives", "RPCProtocol", "LoopSupport", grdb, log,
            ]),
        tests(
            "Unit", "SupplierRulesTests",
            [
                "SupplierRules", "supplier-rules", "ServiceLedger", "SupplierRulesAPI", "OrderStoreAPI",
                "FlowEngineAPI", "ConfigurationFile", "Primitives", "RPCProtocol", "LoopSupport", grdb, log,
            ]),
        tests(
            "Unit", "OrderStoreTests",
            [
                "OrderStore", "ServiceLedger", "OrderStoreAPI", "FlowEngineAPI", "Primitives", "RPCProtocol",
                "LoopSupport", grdb, log,
            ]),
        tests(
            "Unit", "FnfctlCommandsTests",
            [
                "FnfctlCommands", "StateBackup", "FlowStore", "FlowStoreSQLite", "Primitives", "FlowModel",
                "RPCProtocol", "ConfigurationFile", "LoopSupport", arguments,
            ]
                + contracts),
        tests(
            "Unit", "FlowStoreTests",
            ["FlowStore", "FlowStoreSQLite", "FlowModel", "Primitives", "LoopSupport", "CPlatform", grdb]),
        tests(
            "Unit", "FlowEngineTests",
            [
                "FlowEngine", "FlowStore", "FlowStoreSQLite", "FlowEngineAPI", "FlowModel", "FlowSchedule",
                "HTTPEgressAPI", "HTTPMessage", "MessageXML", "Primitives", "RPCProtocol", "LoopSupport",
                grdb,
                log,
            ]),
        tests(
            "Unit", "StateBackupTests",
            ["StateBackup", "RPCProtocol", "Primitives", "LoopSupport", grdb, log]),
        tests("Unit", "HTTPMessageTests", ["HTTPMessage", "Primitives"]),
        tests("Unit", "HTMLMarkupTests", ["HTMLMarkup"]),
        tests(
            "Unit", "WebPagesTests",
            ["WebPages", "HTMLMarkup", "HTTPMessage", "RPCProtocol", "Primitives", "LoopSupport", log]),
        tests(
            "Unit", "FlowPagesTests",
            [
                "FlowPages", "ConsoleParts", "WebPages", "HTMLMarkup", "HTTPMessage", "RPCProtocol",
                "FlowWeb",
                "FlowEngineAPI", "FlowEngine", "FlowStore", "FlowSchedule", "FlowModel", "FlowDefinition",
                "FlowParsing", "FlowDrawing", "FlowSimulation", "FnfctlCommands", "ConfigurationFile",
                "Primitives",
                "LoopSupport", log,
            ]),
        tests(
            "Unit", "OperationPagesTests",
            [
                "OperationPages", "SystemUnits", "WebPages", "ConsoleParts", "HTMLMarkup", "HTTPMessage",
                "RPCProtocol", "FlowWeb", "FlowEngine", "FlowStore", "FlowModel", "FlowSchedule",
                "FlowEngineAPI",
                "SupplierRules", "SupplierRulesAPI", "PaymentGateway", "PaymentGatewayAPI", "ZoneDatabase",
                "Primitives", "LoopSupport", log,
            ]),
        tests("Unit", "RequestSigningTests", ["RequestSigning", "HTTPMessage", "Primitives"]),
        tests("Unit", "MessageXMLTests", ["MessageXML", "Primitives"]),
        tests(
            "Unit", "HTTPTransportTests",
            [
                "HTTPTransport", "HTTPMessage", "RPCTransport", "ServiceKit", "TestHost", "Primitives", log,
                tls,
            ]
                + nio),
        tests(
            "Unit", "HTTPClientTests",
            ["HTTPClient", "HTTPTransport", "HTTPMessage", "Primitives", log, tls] + nio),
        tests(
            "Unit", "HTTPEgressTests",
            [
                "HTTPEgress", "HTTPClient", "HTTPMessage", "HTTPEgressAPI", "RPCProtocol", "Primitives",
                "LoopSupport", log,
            ]),
        tests(
            "Unit", "FlowWebTests",
            [
                "FlowWeb", "HTTPMessage", "HTMLMarkup", "WebPages", "RequestSigning", "MessageXML",
                "RPCProtocol", "ServiceLedger",
                "FlowWebAPI", "FlowEngineAPI", "OrderStoreAPI", "FlowEngine", "FlowStore", "FlowModel",
                "FlowSchedule",
                "Primitives", "LoopSupport", crypto, grdb, log,
            ]),
        tests(
            "Unit", "ExecutionPagesTests",
            [
                "ExecutionPages", "FnfctlCommands", "FlowOracle", "FlowSimulation", "FlowCore", "FlowParsing",
                "FlowDefinition", "FlowModel", "FlowEngineAPI", "HTMLMarkup", "HTTPMessage", "RPCProtocol",
                "RPCTransport", "WebPages", "Primitives", "LoopSupport",
            ]),
        tests(
            "Unit", "StorefrontTests",
            [
                "Storefront", "WebPages", "HTTPMessage", "HTMLMarkup", "RPCProtocol", "FlowEngine",
                "FlowStore", "FlowSchedule", "OrderStore", "PaymentGateway", "SupplierRules",
                "ServiceLedger", "FlowEngineAPI", "OrderStoreAPI", "PaymentGatewayAPI", "SupplierRulesAPI",
                "Primitives", "LoopSupport", log,
            ]),
        tests("Tidy", "TidyTests", []),
        .target(
            name: "OrderDesk", dependencies: ["Primitives", "RPCProtocol", "TestHost"] + contracts,
            path: "Tests/Support/OrderDesk", swiftSettings: house),
        tests(
            "Integration", "IntegrationTests",
            [
                "OrderDesk", "TestHost", "ServiceSupervisor", "Primitives", "RPCProtocol", "RPCTransport",
                "HTTPMessage", "RequestSigning",
            ] + contracts),
        tests(
            "Integration", "CrashPointTests", ["CrashPoints", "FaultyDisk", "FlowStore", "FlowStoreSQLite"]),
        tests(
            "Integration", "CrashTests",
            [
                "OrderDesk", "TestHost", "ServiceSupervisor", "Primitives", "RPCProtocol", "RPCTransport",
                "Linearizability",
            ] + contracts),
        tests(
            "Integration", "CloudTests", ["TestHost"], exclude: ["Checks", "requirements.txt"]),
        tests(
            "Integration", "BrowserTests", ["TestHost"], exclude: ["Checks", "requirements.txt"]),
        tests("Integration", "MachineTests", ["TestHost", "Primitives"]),
    ]
)
