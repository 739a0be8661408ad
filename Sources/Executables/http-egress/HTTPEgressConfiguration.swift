import ConfigurationFile
import HTTPEgress
import HTTPMessage
import Logging
import RPCProtocol

/// What `http-egress.yaml` says, and which origins the bindings in `resources.d` name.
struct HTTPEgressConfiguration: Sendable {
    var logLevel = Logger.Level.info
    var idleExitSeconds = 300
    var limits = EgressLimits()
    var wire = WireLimits()
    var policy = EgressPolicy()

    /// - Parameter allowsLoopback: `fnfctl up` runs this; it counts only without an `allow` key.
    init(folder: String, allowsLoopback: Bool) throws(ConfigurationFault) {
        let file = ConfigurationReader(try ConfigurationFile.load("\(folder)/http-egress.yaml"))
        logLevel = file.word("logLevel", default: logLevel)
        idleExitSeconds = file.integer("idleExitSeconds", default: idleExitSeconds, in: 0...Int64(Int32.max))
        limits.requestsMax = file.integer("requestsMax", default: limits.requestsMax, in: 1...16_384)
        limits.originRequestsMax = file.integer(
            "originRequestsMax", default: limits.originRequestsMax, in: 1...16_384)
        wire.frameBytesMax = file.integer(
            "frameBytesMax", default: wire.frameBytesMax, in: 65_536...Int64(WireLimits.frameBytesCeiling))
        policy.allowsLoopback = allowsLoopback && !file.hasKey("allow")
        policy.allowed = Self.origins(file)
        policy.networks = Self.networks(file)
        try file.finish()
        policy.bound = try Self.boundOrigins(folder)
    }

    private static func origins(_ file: ConfigurationReader) -> [AllowedOrigin] {
        file.strings("allow").compactMap { text in
            do throws(WebLocation.Fault) { return try AllowedOrigin(text) } catch {
                file.report(
                    "allow", error.description,
                    remedy: "write e.g. \"http://127.0.0.1:9000\" or \"https://*.example.com\"")
                return nil
            }
        }
    }

    private static func networks(_ file: ConfigurationReader) -> [IPNetwork] {
        file.strings("networks").compactMap { text in
            if let network = IPNetwork(text) { return network }
            file.report("networks", "\"\(text)\" is no network", remedy: "write e.g. \"10.0.0.0/8\"")
            return nil
        }
    }

    /// The engine tells what is wrong in these files; here a binding that can't be read is one that is not
    /// called.
    private static func boundOrigins(_ folder: String) throws(ConfigurationFault) -> [AllowedOrigin] {
        try ConfigurationFile.loadFolder("\(folder)/resources.d").flatMap { file in
            ConfigurationReader(file).sections("resources").compactMap { entry in
                guard let url = entry.optionalString("http"), let template = try? WebTemplate(url) else {
                    return nil
                }
                return try? AllowedOrigin(of: template.location)
            }
        }
    }
}

extension ConfigurationReader {
    /// `allow:` with nothing behind it is a list of none.
    fileprivate func hasKey(_ key: String) -> Bool { has(key) || isNull(key) }
}
