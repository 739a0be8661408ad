package import FlowDefinition

/// A flow as a tree for terminals, one step a line.
package enum TreeText {
    package static func render(_ definition: FlowDefinition, title: String) -> String {
        var head = title
        if let timeout = definition.timeoutSeconds { head += "  (at most \(StepCaption.span(timeout)))" }
        return head + "\n" + lines(of: items(definition.steps), behind: "")
    }

    /// A line and what hangs below it.
    private struct Item {
        let text: String
        var inner: [Item] = []
    }

    private static func lines(of items: [Item], behind indent: String) -> String {
        items.enumerated().map { index, item in
            let isLast = index == items.count - 1
            let inner = lines(of: item.inner, behind: indent + (isLast ? "   " : "│  "))
            return "\(indent)\(isLast ? "└─ " : "├─ ")\(item.text)\n\(inner)"
        }.joined()
    }

    private static func items(_ steps: [Step]) -> [Item] { steps.map(item) }

    private static func item(_ step: Step) -> Item {
        let caption = StepCaption(step)
        let subject = caption.subject.isEmpty ? "" : "  \(caption.subject)"
        let ending = step.end || step.body == .succeed ? "  ■" : ""
        return Item(text: "\(step.name)  [\(caption.kind)]\(subject)\(ending)", inner: inner(of: step))
    }

    private static func inner(of step: Step) -> [Item] {
        switch step.body {
        case .pass, .wait, .succeed, .fail: []
        case .task(let task):
            task.catches.map { Item(text: "catch \($0.errors.joined(separator: ", ")) → \($0.goto)") }
        case .choice(let choice):
            choice.branches.map { branch("if \($0.condition.text)", $0.steps, $0.goto) }
                + (choice.otherwise.map { [branch("default", $0.steps, $0.goto)] } ?? [])
        case .parallel(let parallel):
            parallel.branches.enumerated().map { Item(text: "branch \($0)", inner: items($1)) }
        case .foreach(let foreach): items(foreach.steps)
        }
    }

    private static func branch(_ title: String, _ steps: [Step], _ goto: String?) -> Item {
        guard let goto else { return Item(text: title, inner: items(steps)) }
        guard !steps.isEmpty else { return Item(text: "\(title) → \(goto)") }
        return Item(text: title, inner: items(steps) + [Item(text: "→ \(goto)")])
    }
}
