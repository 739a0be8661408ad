import ArgumentParser

/// The forms of what a verb shows.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// For people.
    case table
    /// The service's answer, pages joined.
    case json
    /// The same as YAML.
    case yaml
    /// The names alone, one a line.
    case name
}
