import ConfigurationFile
import FlowWeb
import HTTPTransport
import Logging

/// What `flow-web.yaml` says.
struct FlowWebConfiguration: Sendable {
    struct Certificate: Sendable {
        var certificateFile: String
        var privateKeyFile: String
    }

    var logLevel = Logger.Level.info
    /// 0: never exits by itself.
    var idleExitSeconds = 0
    var limits = HTTPLimits()
    var access = AccessSettings()
    var sessions = SessionSettings()
    /// The origin whose pages may read what the legacy listener answers; `*`: any.
    var legacyOrigin = "*"
    var engine = EngineLimits()
    /// Nil: the https listener can not be served.
    var certificate: Certificate?

    init(folder: String) throws(ConfigurationFault) {
        let file = ConfigurationReader(try ConfigurationFile.load("\(folder)/\(FlowWebMain.name).yaml"))
        logLevel = file.word("logLevel", default: logLevel)
        idleExitSeconds = file.integer("idleExitSeconds", default: idleExitSeconds, in: 0...86_400)
        limits = HTTPLimits(file.section("http"))
        access = AccessSettings(file.section("access"))
        sessions = SessionSettings(file.section("sessions"))
        legacyOrigin = Self.legacyOrigin(file.section("legacy"))
        engine.waitsMax = file.integer("waitsMax", default: engine.waitsMax, in: 1...65_536)
        let names = ["certificateFile", "privateKeyFile"].map { file.string($0, default: "") }
        if names[0].isEmpty != names[1].isEmpty {
            file.report(
                names[0].isEmpty ? "privateKeyFile" : "certificateFile",
                "is there without the other of the two",
                remedy: "name both certificateFile and privateKeyFile, or neither")
        }
        try file.finish()
        if !names[0].isEmpty {
            certificate = Certificate(certificateFile: names[0], privateKeyFile: names[1])
        }
    }
}

extension FlowWebConfiguration {
    private static func legacyOrigin(_ file: ConfigurationReader) -> String {
        let origin = file.string("allowOrigin", default: "*")
        if !origin.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) || origin.contains(",") {
            file.report(
                "allowOrigin", "'\(origin)' is no origin",
                remedy: "write for example http://localhost:8082, or \"*\" for any")
        }
        return origin
    }
}

extension HTTPLimits {
    /// The ceilings keep what all connections hold together within a small machine's memory.
    fileprivate init(_ file: ConfigurationReader) {
        self.init()
        connectionsMax = file.integer("connectionsMax", default: connectionsMax, in: 1...65_536)
        headerBytesMax = file.integer("headerBytesMax", default: headerBytesMax, in: 1024...1_048_576)
        headersMax = file.integer("headersMax", default: headersMax, in: 10...1000)
        bodiesBytesMax = file.integer(
            "bodiesBytesMax", default: bodiesBytesMax, in: 4_194_304...1_073_741_824)
        readTimeout = .seconds(file.integer("readTimeoutSeconds", default: 20, in: 1...3600))
        writeTimeout = .seconds(file.integer("writeTimeoutSeconds", default: 30, in: 1...3600))
        idleTimeout = .seconds(file.integer("idleTimeoutSeconds", default: 75, in: 1...86_400))
    }
}

extension AccessSettings {
    /// The ceilings keep the nonces within a few gigabytes of disk.
    fileprivate init(_ file: ConfigurationReader) {
        self.init()
        requestsPerSecondMax = file.integer(
            "requestsPerSecondMax", default: requestsPerSecondMax, in: 1...1_000_000)
        requestsBurstMax = file.integer("requestsBurstMax", default: requestsBurstMax, in: 1...1_000_000)
        clockSkewMax = .seconds(file.integer("clockSkewSecondsMax", default: 900, in: 1...86_400))
        noncesPerKeyMax = file.integer("noncesPerKeyMax", default: noncesPerKeyMax, in: 1...50_000_000)
        noncesMax = file.integer("noncesMax", default: noncesMax, in: 1...50_000_000)
        keysMax = file.integer("keysMax", default: keysMax, in: 1...100_000)
    }
}

extension SessionSettings {
    /// The ceilings keep all sessions within a few megabytes, and a stolen cookie within a week.
    fileprivate init(_ file: ConfigurationReader) {
        self.init()
        lifetime = .seconds(file.integer("lifetimeSeconds", default: 43_200, in: 60...604_800))
        idleMax = .seconds(file.integer("idleSecondsMax", default: 7_200, in: 60...604_800))
        sessionsMax = file.integer("sessionsMax", default: sessionsMax, in: 1...10_000)
        sessionsPerKeyMax = file.integer("sessionsPerKeyMax", default: sessionsPerKeyMax, in: 1...10_000)
        failuresPerMinuteMax = file.integer(
            "failuresPerMinuteMax", default: failuresPerMinuteMax, in: 1...10_000)
        failuresPerMinuteOverallMax = file.integer(
            "failuresPerMinuteOverallMax", default: failuresPerMinuteOverallMax, in: 1...10_000)
        linkLifetime = .seconds(file.integer("linkLifetimeSeconds", default: 300, in: 1...3600))
    }
}
