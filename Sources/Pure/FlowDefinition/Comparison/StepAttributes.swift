import Primitives

/// What a step says of itself, as texts; what leads to other steps is not in it.
enum StepAttributes {
    static func of(_ step: Step) -> [String: String] {
        var attributes = ["type": step.body.typeName]
        attributes.merge(mappings("inputMappings", step.inputMappings)) { $1 }
        attributes.merge(mappings("outputMappings", step.outputMappings)) { $1 }
        switch step.body {
        case .task(let task): attributes.merge(of(task)) { $1 }
        case .wait(let wait):
            switch wait {
            case .seconds(let seconds): attributes["duration"] = "\(seconds)"
            case .secondsAt(let path): attributes["duration"] = "$\(path.text)"
            case .until(let time): attributes["timestamp"] = "\(time)"
            case .untilAt(let path): attributes["timestamp"] = "$\(path.text)"
            }
        case .foreach(let foreach):
            attributes["iterationMapping.collection"] = "$\(foreach.collection.text)"
            attributes["iterationMapping.item"] = foreach.item
            attributes["iterationMapping.index"] = foreach.index
        case .fail(let fail):
            attributes["error"] = fail.error
            attributes["cause"] = fail.cause
        case .pass, .choice, .parallel, .succeed: break
        }
        return attributes
    }

    private static func of(_ task: TaskStep) -> [String: String] {
        var attributes = ["resourceArn": task.resourceArn, "pattern": task.pattern.rawValue]
        attributes["timeoutSeconds"] = task.timeoutSeconds.map { "\($0)" }
        attributes.merge(mappings("errorMappings", task.errorMappings)) { $1 }
        for (name, value) in task.serviceParams.written { attributes["serviceParams.\(name)"] = value.text }
        for (index, policy) in task.retry.enumerated() {
            let head = "retry[\(index)]"
            attributes["\(head).errors"] = policy.errors.joined(separator: ", ")
            attributes["\(head).intervalSeconds"] = "\(policy.intervalSeconds)"
            attributes["\(head).maxIntervalSeconds"] = "\(policy.maxIntervalSeconds)"
            attributes["\(head).maxAttempts"] = "\(policy.maxAttempts)"
            attributes["\(head).multiplier"] = "\(policy.multiplier)"
        }
        // The first catch that matches is taken, so their order counts.
        if task.catches.count > 1 {
            attributes["order of catches"] = task.catches.map { $0.errors.joined(separator: ", ") }
                .joined(separator: "; ")
        }
        return attributes
    }

    /// One attribute a target; an empty list is not the same as none.
    static func mappings(_ key: String, _ mappings: [Mapping]?) -> [String: String] {
        guard let mappings else { return [:] }
        guard !mappings.isEmpty else { return [key: "[]"] }
        return Dictionary(mappings.map { ("\(key).\($0.target)", $0.source.text) }) { $1 }
    }
}
