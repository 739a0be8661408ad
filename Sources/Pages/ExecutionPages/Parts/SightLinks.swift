import ConsoleParts
import Primitives
import WebPages

/// Addresses of one execution's page: which event, which step.
struct SightLinks {
    let flow: String
    let name: String
    /// The event that is shown; nil: the newest.
    let at: Int64?
    /// The chosen run of a step, by the event that entered it.
    let run: Int64?
    let step: String?

    var path: String { ConsolePaths.execution(flow, name) }

    private func page(at: Int64?, step: String?, run: Int64?) -> String {
        ConsolePaths.with(
            path, [("at", at.map { "\($0)" }), ("step", step), ("run", run.map { "\($0)" })])
    }

    func event(_ id: Int64?) -> String { page(at: id, step: step, run: run) }
    func node(_ node: StoryNode) -> String { page(at: at, step: node.name, run: node.eventID) }
    func step(_ name: String) -> String { page(at: at, step: name, run: nil) }
    func part(_ word: String) -> String { "\(path)/\(word)" }

    /// The events from this one on, in the list.
    func list(from: Int64) -> String {
        ConsolePaths.with(
            path,
            [
                ("at", at.map { "\($0)" }), ("step", step), ("run", run.map { "\($0)" }),
                ("events", "\(from)"),
            ]) + "#events"
    }
}
