import ArgumentParser
import Primitives

extension Timestamp: ExpressibleByArgument {
    package init?(argument: String) { self.init(rfc3339: argument) }
}

/// From when until when something is summed.
struct StretchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What began at this time or later, in whole quarters of an hour, e.g. 2026-11-23T09:30:00Z.",
            valueName: "time"))
    var since: Timestamp?

    @Option(help: ArgumentHelp("What began before this time.", valueName: "time")) var until: Timestamp?
}
