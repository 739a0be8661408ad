import ConfigurationFile
import FlowEngine
import Logging
import RPCProtocol

/// What `flow-engine.yaml` and `resources.d` say.
struct FlowEngineConfiguration: Sendable {
    var logLevel = Logger.Level.info
    /// 0: never exits by itself.
    var idleExitSeconds = 0
    var settings = FlowEngineSettings()
    var resolver = ResourceResolver()

    init(folder: String) throws(ConfigurationFault) {
        let file = ConfigurationReader(try ConfigurationFile.load("\(folder)/\(FlowEngineMain.name).yaml"))
        logLevel = file.word("logLevel", default: logLevel)
        idleExitSeconds = file.integer("idleExitSeconds", default: idleExitSeconds, in: 0...86_400)
        settings.wire.frameBytesMax = file.integer(
            "frameBytesMax", default: settings.wire.frameBytesMax,
            in: 65_536...Int64(WireLimits.frameBytesCeiling))
        settings.dispatchConcurrencyMax = file.integer(
            "dispatchConcurrencyMax", default: settings.dispatchConcurrencyMax, in: 1...65_536)
        try file.finish()
        resolver = try ResourceResolver(folder: folder)
    }
}

extension ResourceResolver {
    /// Reads every file of `resources.d`; all that is wrong is told at once, and then nothing is taken.
    init(folder: String) throws(ConfigurationFault) {
        var bindings: [ResourceBinding] = []
        var problems: [ConfigurationProblem] = []
        for value in try ConfigurationFile.loadFolder("\(folder)/resources.d") {
            let file = ConfigurationReader(value)
            for entry in file.sections("resources") {
                if let binding = ResourceBinding(entry) { bindings.append(binding) }
            }
            do throws(ConfigurationFault) { try file.finish() } catch { problems += error.problems }
        }
        guard problems.isEmpty else { throw ConfigurationFault(problems) }
        self.init(bindings)
    }
}

extension ResourceBinding {
    /// Nil when something is wrong, which the reader then knows.
    fileprivate init?(_ entry: ConfigurationReader) {
        let pattern = entry.requiredString("pattern")
        let method = entry.requiredString("method")
        let concurrencyMax = entry.integer(
            "concurrencyMax", default: Self.concurrencyStandard, in: 1...65_536)
        let target: TaskTarget
        switch (entry.optionalString("service"), entry.optionalString("socket")) {
        case (let service?, nil) where !service.isEmpty && !service.contains("/"): target = .service(service)
        case (nil, let socket?) where !socket.isEmpty: target = .socket(socket)
        default:
            entry.report("needs either a service or a socket", remedy: "e.g. `service: payment-gateway`")
            return nil
        }
        guard !pattern.isEmpty, !method.isEmpty else { return nil }
        do throws(PatternFault) {
            try self.init(pattern: pattern, target: target, method: method, concurrencyMax: concurrencyMax)
        } catch {
            entry.report("pattern", error.description, remedy: "e.g. \"acs:mns:*:*:/topics/demo/messages\"")
            return nil
        }
    }
}
