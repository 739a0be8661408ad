package import ArgumentParser
package import Logging

/// The options that every service takes; each overrides an environment variable.
package struct ServiceOptions: ParsableArguments {
    @Option(
        name: .customLong("log-level"),
        help: "Least important level that is logged: trace, debug, info, notice, warning, error, critical.",
        transform: Self.level)
    package var logLevel: Logger.Level?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "Folder of the configuration (default: $FNF_CONFIG_DIR, else /etc/fnf).", valueName: "dir"))
    package var configurationFolder: String?

    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp("Folder of the durable state (default: $STATE_DIRECTORY).", valueName: "dir"))
    package var stateDirectory: String?

    package init() {}

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("'\(text)' is no log level")
        }
        return level
    }
}
