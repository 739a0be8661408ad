import FlowDefinition
import FlowModel
import Primitives

extension DefinitionReader {
    mutating func task(_ fields: Fields) -> TaskStep? {
        let resource = resource(fields)
        let pattern = pattern(fields)
        let parameters = serviceParams(fields)
        let timeout = integer(fields, "timeoutSeconds", in: 1...limits.timeoutSecondsMax)
        let retry = (list(fields, "retry") ?? []).compactMap { retryPolicy($0) }
        let catches = (list(fields, "catch") ?? []).compactMap { catchClause($0) }
        let errorMappings = mappings(fields, "errorMappings")
        guard let resource, let pattern else { return nil }
        return TaskStep(
            resourceArn: resource.arn, resourceLocation: resource.location, pattern: pattern,
            serviceParams: parameters, timeoutSeconds: timeout, retry: retry, catches: catches,
            errorMappings: errorMappings)
    }

    private mutating func pattern(_ fields: Fields) -> TaskPattern? {
        guard let node = fields["pattern"] else { return .requestResponse }
        guard let text = string(fields, "pattern") else { return nil }
        if text == "requestComplete" { return .requestResponse }
        if let pattern = TaskPattern(rawValue: text) { return pattern }
        let known = TaskPattern.allCases.map(\.rawValue)
        let nearest = Self.suggestion(for: text, in: known)
        faults.error(
            "unknown-pattern", "the pattern \"\(text)\" is unknown", at: node.location,
            fix: nearest.map { "did you mean \"\($0)\"?" } ?? "use one of \(known.joined(separator: ", "))")
        return nil
    }

    private mutating func retryPolicy(_ node: SourceNode) -> RetryPolicy? {
        let known = [
            "errors", "intervalSeconds", "maxIntervalSeconds", "maxAttempts", "multiplier", "description",
        ]
        guard let fields = fields(node, of: "a retry policy", known: known) else { return nil }
        let errors = errors(fields)
        let interval = integer(fields, "intervalSeconds", in: 0...limits.retryIntervalSecondsMax)
        let longest = integer(fields, "maxIntervalSeconds", in: 0...limits.retryIntervalSecondsMax)
        let attempts = integer(fields, "maxAttempts", in: 0...limits.retryAttemptsMax)
        let multiplier = multiplier(fields)
        guard let errors else { return nil }
        return RetryPolicy(
            errors: errors, intervalSeconds: interval ?? RetryPolicy.standardIntervalSeconds,
            maxIntervalSeconds: longest ?? RetryPolicy.standardMaxIntervalSeconds,
            maxAttempts: attempts ?? RetryPolicy.standardMaxAttempts,
            multiplier: multiplier ?? RetryPolicy.standardMultiplier, location: fields.location)
    }

    private mutating func multiplier(_ fields: Fields) -> Double? {
        guard let node = fields["multiplier"] else { return nil }
        guard let number = node.json.doubleValue else {
            let text = node.json.stringValue.flatMap { Double($0) == nil ? nil : $0 }
            wrongType(
                "multiplier", node, expected: "a number", fix: text.map { "write \($0) without quotes" })
            return nil
        }
        guard number > 0, number <= 1000 else {
            outOfRange("multiplier", node, "\(number)", "above 0 and at most 1000")
            return nil
        }
        return number
    }

    private mutating func errors(_ fields: Fields) -> [String]? {
        guard let nodes = list(fields, "errors", required: true) else { return nil }
        if nodes.isEmpty {
            faults.warning(
                "no-errors", "\"errors\" is empty, so \(fields.owner) never applies",
                at: fields.keyLocation("errors"),
                fix: "write FnF.ALL for every error")
        }
        return nodes.compactMap { node in
            guard case .scalar(_, let text) = node.content, !text.isEmpty else {
                wrongType("errors", node, expected: "a list of error names")
                return nil
            }
            return text
        }
    }

    private mutating func catchClause(_ node: SourceNode) -> CatchClause? {
        let known = ["errors", "goto", "steps", "description"]
        guard let fields = fields(node, of: "a catch", known: known) else { return nil }
        if fields["steps"] != nil {
            faults.error(
                "catch-steps", "a catch has no steps of its own", at: fields.keyLocation("steps"),
                fix: "put the steps behind the list's last regular step and name the first of them in goto")
        }
        let errors = errors(fields)
        let goto = goto(fields, required: true)
        guard let errors, let goto else { return nil }
        return CatchClause(errors: errors, goto: goto, location: fields.location)
    }
}
