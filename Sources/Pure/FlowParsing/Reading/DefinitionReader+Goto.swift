import FlowDefinition
import FlowModel
import Primitives

/// A goto whose target is not known yet.
struct PendingGoto {
    let target: String
    let location: SourceLocation
    /// The step that holds it, and those around it.
    let path: [String]
    /// How many steps stand around the list whose steps it may name.
    let depth: Int
    /// The names of that list.
    var siblings: [String] = []
}

extension DefinitionReader {
    /// Reads the goto of a catch or a branch; its target is a sibling of the step that is being read.
    mutating func goto(_ fields: Fields, required: Bool = false) -> String? {
        guard let target = string(fields, "goto", required: required), let node = fields["goto"] else {
            return nil
        }
        gotos.append(
            PendingGoto(
                target: target, location: node.location, path: faults.path, depth: faults.path.count - 1))
        return target
    }

    mutating func checkGotos() {
        let path = faults.path
        for goto in gotos where !goto.siblings.contains(goto.target) {
            faults.path = goto.path
            let choices = goto.siblings.filter { $0 != goto.path.last }
            if let other = names[goto.target] {
                faults.error(
                    "goto-not-sibling",
                    "goto names \"\(goto.target)\" (line \(other.line)), which is in another list of steps",
                    at: goto.location, fix: Self.advice(goto.target, choices))
            } else {
                faults.error(
                    "goto-unknown", "goto names \"\(goto.target)\", and there is no such step",
                    at: goto.location,
                    fix: Self.advice(goto.target, choices))
            }
        }
        faults.path = path
    }

    private static func advice(_ target: String, _ siblings: [String]) -> String {
        if ["end", "finish", "exit"].contains(target.lowercased()) {
            return "to end the list there, name a step of type succeed in it, or leave the goto out of the "
                + "last step"
        }
        let nearest = target.nearest(in: siblings)
        let offered = nearest.isEmpty ? Array(siblings.prefix(5)) : nearest
        if offered.isEmpty { return "a goto names a step of the same list, and this list has no other" }
        return "a goto names a step of the same list, e.g. "
            + offered.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
