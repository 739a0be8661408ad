package import FlowDefinition
import Primitives

/// What a drawing says of a step beside its name.
package struct StepCaption: Sendable, Equatable {
    /// `task · waitForCallback · 300 s`
    package let kind: String
    /// What a task calls, what a wait waits for, what a foreach goes through; empty for others.
    package let subject: String
    /// The whole of it, for whoever looks closer.
    package let details: [String]

    package init(_ step: Step) {
        var words = [step.body.typeName]
        var subject = ""
        var details: [String] = []
        switch step.body {
        case .task(let task):
            if task.pattern != .requestResponse { words.append(task.pattern.rawValue) }
            if let timeout = task.timeoutSeconds { words.append(Self.span(timeout)) }
            if !task.retry.isEmpty { words.append("retry") }
            subject = Self.short(task.resourceArn)
            details.append(task.resourceArn)
            details += task.retry.map {
                "retry \($0.errors.joined(separator: ", ")): \($0.maxAttempts) times"
            }
        case .wait(let wait): subject = Self.text(wait)
        case .foreach(let foreach): subject = "each $\(foreach.collection.text) as \(foreach.item)"
        case .parallel(let parallel): subject = "\(parallel.branches.count) branches at once"
        case .fail(let fail):
            subject = fail.error ?? "FnF.RuntimeError"
            if let cause = fail.cause { details.append(cause) }
        case .pass, .succeed, .choice: break
        }
        if step.end, step.body != .succeed { words.append("end") }
        kind = words.joined(separator: " · ")
        self.subject = subject
        self.details = details
    }

    private static func text(_ wait: WaitStep) -> String {
        switch wait {
        case .seconds(let seconds): "for \(span(seconds))"
        case .until(let time): "until \(time)"
        case .secondsAt(let path): "for $\(path.text) s"
        case .untilAt(let path): "until $\(path.text)"
        }
    }

    /// `90 s`, `5 min`, `2 h`, `3 d`: the largest unit that leaves no rest.
    static func span(_ seconds: Int64) -> String {
        for (length, unit) in [(86_400, "d"), (3_600, "h"), (60, "min")] as [(Int64, String)]
        where seconds >= length && seconds % length == 0 {
            return "\(seconds / length) \(unit)"
        }
        return "\(seconds) s"
    }

    /// `topic orders`, `function charge`, `flow child`, `ocr:DetectFace`; another resource as it stands.
    static func short(_ arn: String) -> String {
        guard let name = try? ResourceName(arn) else { return arn }
        let parts = name.resource.split(separator: "/").map(String.init)
        if parts.count >= 2, parts[0] == "topics" { return "topic \(parts[1])" }
        if parts.count >= 2, parts[0] == "queues" { return "queue \(parts[1])" }
        if parts.count == 2, parts[0] == "flow" { return "flow \(parts[1])" }
        if parts.count == 2, parts[0] == "actions" { return "\(name.service):\(parts[1])" }
        if let place = parts.firstIndex(of: "functions"), place + 1 < parts.count {
            return "function \(parts[place + 1])"
        }
        return name.resource
    }
}
