import ConfigurationFile
import FlowEngine
import FlowModel
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
        settings.taskBacklogMax = file.integer(
            "taskBacklogMax", default: settings.taskBacklogMax, in: 64...10_000_000)
        settings.flowsMax = file.integer("flowsMax", default: settings.flowsMax, in: 1...10_000_000)
        settings.openExecutionsMax = file.integer(
            "openExecutionsMax", default: settings.openExecutionsMax, in: 1...100_000_000)
        settings.queuesMax = file.integer("queuesMax", default: settings.queuesMax, in: 1...1_000_000)
        settings.queueMessagesMax = file.integer(
            "queueMessagesMax", default: settings.queueMessagesMax, in: 1...100_000_000)
        settings.messageBytesMax = file.integer(
            "messageBytesMax", default: settings.messageBytesMax, in: 1024...4_194_304)
        settings.topicsMax = file.integer("topicsMax", default: settings.topicsMax, in: 1...1_000_000)
        settings.topicSubscriptionsMax = file.integer(
            "topicSubscriptionsMax", default: settings.topicSubscriptionsMax, in: 1...1_000)
        settings.pendingPushesMax = file.integer(
            "pendingPushesMax", default: settings.pendingPushesMax, in: 1...10_000_000)
        settings.pushConcurrencyMax = file.integer(
            "pushConcurrencyMax", default: settings.pushConcurrencyMax, in: 1...4_096)
        settings.subscriptionConcurrencyMax = file.integer(
            "subscriptionConcurrencyMax", default: settings.subscriptionConcurrencyMax, in: 1...4_096)
        settings.retention = file.sections("retention").compactMap(RetentionRule.init)
        settings.limits = FlowLimits(file.section("limits"))
        try file.finish()
        resolver = try ResourceResolver(folder: folder)
    }
}

extension FlowLimits {
    /// The ceilings keep one value within a frame, a transition within the memory, and times within what a
    /// timestamp holds.
    fileprivate init(_ file: ConfigurationReader) {
        self.init()
        stepDataBytesMax = file.integer("stepDataBytesMax", default: stepDataBytesMax, in: 1024...16_777_216)
        historyEventsMax = file.integer("historyEventsMax", default: historyEventsMax, in: 100...100_000_000)
        definitionBytesMax = file.integer(
            "definitionBytesMax", default: definitionBytesMax, in: 1024...16_777_216)
        nestingMax = file.integer("nestingMax", default: nestingMax, in: 1...64)
        stepsMax = file.integer("stepsMax", default: stepsMax, in: 1...100_000)
        branchesMax = file.integer("branchesMax", default: branchesMax, in: 1...1_000)
        iterationsAtOnceMax = file.integer(
            "iterationsAtOnceMax", default: iterationsAtOnceMax, in: 1...10_000)
        waitSecondsMax = file.integer("waitSecondsMax", default: waitSecondsMax, in: 1...Self.century)
        timeoutSecondsMax = file.integer(
            "timeoutSecondsMax", default: timeoutSecondsMax, in: 1...Self.century)
        retryAttemptsMax = file.integer("retryAttemptsMax", default: retryAttemptsMax, in: 0...1_000_000)
        expressSecondsMax = file.integer("expressSecondsMax", default: expressSecondsMax, in: 1...86_400)
        missingPathIsNull = file.boolean("missingPathIsNull", default: missingPathIsNull)
        childDepthMax = file.integer("childDepthMax", default: childDepthMax, in: 1...200)
    }

    private static let century: Int64 = 100 * 366 * 86_400
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
