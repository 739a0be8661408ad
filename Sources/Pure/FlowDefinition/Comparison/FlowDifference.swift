/// What a flow does otherwise than another: by step name, whatever the texts look like.
package struct FlowDifference: Sendable, Equatable {
    package struct Presence: Sendable, Equatable {
        package let step: String
        package let type: String
        /// The step around it; empty at the top.
        package let container: String
    }

    package struct Change: Sendable, Equatable {
        /// Empty for the flow itself.
        package let step: String
        /// An attribute such as `retry[0].maxAttempts`, or a way on such as `catch FnF.TaskTimeout`.
        package let what: String
        /// Nil: there was none.
        package let old: String?
        /// Nil: there is none any more.
        package let new: String?
    }

    package private(set) var added: [Presence] = []
    package private(set) var removed: [Presence] = []
    package private(set) var changed: [Change] = []
    /// Ways on that lead elsewhere.
    package private(set) var rewired: [Change] = []

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty && rewired.isEmpty }

    package init(from old: FlowDefinition, to new: FlowDefinition) {
        let (before, after) = (FlowTraits(old), FlowTraits(new))
        compare("", before.flow, after.flow, into: \.changed)
        compare("", before.ways[""] ?? [:], after.ways[""] ?? [:], into: \.rewired)
        for step in before.steps where after.steps[step.name] == nil { removed.append(step.presence) }
        for step in after.steps {
            guard let former = before.steps[step.name] else {
                added.append(step.presence)
                continue
            }
            compare(step.name, former.attributes, step.attributes, into: \.changed)
            let renamed = conditions(step.name, former.conditions, step.conditions)
            var ways = before.ways[step.name] ?? [:]
            for (old, new) in renamed {
                ways["if \(new)"] = ways["if \(old)"]
                ways["if \(old)"] = nil
            }
            compare(step.name, ways, after.ways[step.name] ?? [:], into: \.rewired)
        }
    }

    private mutating func compare(
        _ step: String, _ old: [String: String], _ new: [String: String],
        into list: WritableKeyPath<FlowDifference, [Change]>
    ) {
        for what in Set(old.keys).union(new.keys).sorted() where old[what] != new[what] {
            self[keyPath: list].append(Change(step: step, what: what, old: old[what], new: new[what]))
        }
    }

    /// Conditions that are in one of the two only are taken in pairs as changed ones.
    private mutating func conditions(
        _ step: String, _ old: [String], _ new: [String]
    ) -> [(old: String, new: String)] {
        let gone = old.filter { !new.contains($0) }
        let come = new.filter { !old.contains($0) }
        let pairs = Array(zip(gone, come))
        for (old, new) in pairs {
            changed.append(Change(step: step, what: "condition", old: old, new: new))
        }
        let (before, after) = (old.filter(new.contains), new.filter(old.contains))
        if before != after {
            let text = { (texts: [String]) in texts.joined(separator: "; ") }
            changed.append(
                Change(step: step, what: "order of conditions", old: text(before), new: text(after)))
        }
        return pairs
    }
}
