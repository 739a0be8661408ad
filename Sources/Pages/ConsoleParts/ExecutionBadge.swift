package import HTMLMarkup
package import WebPages

/// The mark of an execution's status, as everywhere in the console.
package func executionBadge(_ status: String) -> HTML {
    badge(ExecutionTone.words[status] ?? status, ExecutionTone.of(status))
}

package enum ExecutionTone {
    package static func of(_ status: String) -> Tone {
        switch status {
        case "Succeeded": .good
        case "Failed", "TimedOut": .bad
        case "Running", "Starting": .run
        default: .still
        }
    }

    static let words = ["TimedOut": "Timed out"]
}
