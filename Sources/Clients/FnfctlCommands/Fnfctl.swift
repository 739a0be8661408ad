import ArgumentParser
import Primitives

/// The tree of verbs.
struct Fnfctl: ParsableCommand {
    static let version = ProductVersion.text
    static var _errorPrefix: String { "fnfctl: " }

    static let configuration = CommandConfiguration(
        commandName: "fnfctl",
        abstract:
            "Durable workflows on this host: flows, executions, orders, and the services that run them.",
        discussion: """
            Data goes to standard output, all else to standard error. The services are called through their \
            sockets in /run/fnf, or in the folder that --socket-dir or FNF_RUNTIME_DIR names.

            An order from beginning to end:
              fnfctl flow apply -f order-demo.yaml --name OrderDemo-Jiyuan
              fnfctl order submit --supplier haidilao --products beef --address "West Lake 1"
              fnfctl order pay ORDER --method zhifubao --price 100
              fnfctl order show ORDER

            Exit status:
            \(CommandStatus.helpText)

            NO_COLOR takes the colours away, FORCE_COLOR gives them also to a pipe.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Flows:",
                subcommands: [
                    FlowCommand.self, ExecutionCommand.self, TaskCommand.self, QueueCommand.self,
                    TopicCommand.self,
                    ScheduleCommand.self,
                ]),
            CommandGroup(
                name: "Orders:",
                subcommands: [
                    OrderCommand.self, ProductCommand.self, SupplierCommand.self, PaymentCommand.self,
                ]),
            CommandGroup(
                name: "Cloud endpoint and pages:",
                subcommands: [KeyCommand.self, UIVerb.self, SessionCommand.self]),
            CommandGroup(
                name: "Services:",
                subcommands: [
                    StatusVerb.self, EngineCommand.self, AdminCommand.self, CallVerb.self, DiscoverVerb.self,
                    MetricsVerb.self,
                    LogsVerb.self,
                    UpVerb.self,
                ]),
            CommandGroup(name: "For packagers:", subcommands: [ManualVerb.self]),
        ])
}
