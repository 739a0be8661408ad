import ConfigurationFile
import Logging
import SupplierRules

/// What supplier-rules.yaml and the files of supplier-rules.d say.
struct SupplierRulesConfiguration: Sendable {
    var logLevel = Logger.Level.info
    var idleExitSeconds = 300
    var rules = RuleSet([])

    static func load(_ folder: String) throws(ConfigurationFault) -> SupplierRulesConfiguration {
        let reader = ConfigurationReader(try ConfigurationFile.load("\(folder)/supplier-rules.yaml"))
        var configuration = SupplierRulesConfiguration()
        configuration.logLevel = reader.word("logLevel", default: configuration.logLevel)
        configuration.idleExitSeconds = reader.integer(
            "idleExitSeconds", default: configuration.idleExitSeconds, in: 0...Int64(Int32.max))
        try reader.finish()
        configuration.rules = try RuleFolder.load("\(folder)/supplier-rules.d")
        return configuration
    }
}
