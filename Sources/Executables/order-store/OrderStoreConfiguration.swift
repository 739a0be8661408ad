import ConfigurationFile
import Logging

/// What `order-store.yaml` says.
struct OrderStoreConfiguration: Sendable {
    var logLevel = Logger.Level.info
    /// 0: never exits by itself.
    var idleExitSeconds = 0
    /// For orders that name no flow.
    var flow = "OrderDemo-Jiyuan"

    init(folder: String) throws(ConfigurationFault) {
        let file = ConfigurationReader(try ConfigurationFile.load("\(folder)/\(OrderStoreMain.name).yaml"))
        logLevel = file.word("logLevel", default: logLevel)
        idleExitSeconds = file.integer("idleExitSeconds", default: idleExitSeconds, in: 0...86_400)
        flow = file.string("flow", default: flow)
        if flow.isEmpty {
            file.report("flow", "is empty", remedy: "name a flow that `fnfctl flow list` shows")
        }
        try file.finish()
    }
}
