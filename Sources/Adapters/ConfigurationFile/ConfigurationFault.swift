/// Where something stands in a configuration file. Units: lines and columns from 1; 0 is the file as a whole.
package struct ConfigurationPosition: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}

/// One thing that is wrong in a configuration file.
package struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    package let position: ConfigurationPosition
    /// The key path, e.g. `rules[2].when.total`; empty for the document.
    package let path: String
    package let reason: String
    /// The way out.
    package let remedy: String

    package init(at position: ConfigurationPosition, path: String = "", _ reason: String, remedy: String = "")
    {
        self.position = position
        self.path = path
        self.reason = reason
        self.remedy = remedy
    }

    /// `/etc/fnf/order-store.yaml:7:1: idleExitSecond: is not a known key; did you mean idleExitSeconds?`
    package var description: String {
        let place = path.isEmpty ? "\(position)" : "\(position): \(path)"
        return remedy.isEmpty ? "\(place): \(reason)" : "\(place): \(reason); \(remedy)"
    }
}

/// Everything that is wrong in one reading of the configuration, never only the first.
package struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    package init(_ problems: [ConfigurationProblem]) { self.problems = problems }

    /// One line for each problem, in the order of the files.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
