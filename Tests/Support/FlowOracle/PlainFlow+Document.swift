import Primitives

extension PlainFlow {
    /// The flow as the text of a definition, in JSON.
    package var text: String { JSONValue.object(document).text }

    var document: JSONObject {
        var object: JSONObject = ["version": "v1", "type": "flow", "steps": .steps(steps)]
        object["inputMappings"] = inputMappings.map(JSONValue.mappings)
        object["outputMappings"] = outputMappings.map(JSONValue.mappings)
        object["timeoutSeconds"] = timeoutSeconds.map(JSONValue.integer)
        return object
    }
}

extension JSONValue {
    static func steps(_ steps: [PlainStep]) -> JSONValue { .array(steps.map { .object($0.document) }) }

    static func mappings(_ mappings: [PlainMapping]) -> JSONValue {
        .array(mappings.map { ["target": .string($0.target), "source": $0.written] })
    }

    static func words(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }
}

extension PlainMapping {
    var written: JSONValue {
        switch source {
        case .input(let path): .string("$input" + path.text)
        case .local(let path): .string("$local" + path.text)
        case .context(let keys): .string("$context." + keys.joined(separator: "."))
        case .constant(let value): value
        }
    }
}

extension PlainPath {
    var text: String {
        parts.map { part in
            switch part {
            case .key(let key): key.allSatisfy { $0.isLetter || $0.isNumber } ? ".\(key)" : "['\(key)']"
            case .index(let index): "[\(index)]"
            case .each: "[*]"
            }
        }.joined()
    }
}

extension PlainCondition {
    var text: String {
        switch self {
        case .literal(let value): value.text
        case .path(let path): "$" + path.text
        case .compare(let sign, let left, let right): "\(left.text) \(sign) \(right.text)"
        case .contained(let left, let list): "\(left.text) in \(JSONValue.array(list).text)"
        case .not(let operand): "!(\(operand.text))"
        case .and(let left, let right): "(\(left.text)) && (\(right.text))"
        case .or(let left, let right): "(\(left.text)) || (\(right.text))"
        }
    }
}

extension PlainBranch {
    var document: JSONObject {
        var object = JSONObject()
        if let condition { object["condition"] = .string(condition.text) }
        if hasSteps || !steps.isEmpty { object["steps"] = .steps(steps) }
        if let goto { object["goto"] = .string(goto) }
        return object
    }
}

extension PlainStep {
    var document: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        if end { object["end"] = true }
        object["inputMappings"] = inputMappings.map(JSONValue.mappings)
        object["outputMappings"] = outputMappings.map(JSONValue.mappings)
        switch body {
        case .task(let task):
            object["type"] = "task"
            object = object.merging(task.document(name))
        case .pass: object["type"] = "pass"
        case .succeed: object["type"] = "succeed"
        case .fail(let error, let cause):
            object["type"] = "fail"
            object["error"] = error.map(JSONValue.string)
            object["cause"] = cause.map(JSONValue.string)
        case .wait(let wait):
            object["type"] = "wait"
            switch wait {
            case .seconds(let seconds): object["duration"] = .integer(seconds)
            case .secondsAt(let path): object["duration"] = .string("$" + path.text)
            case .until(let time): object["timestamp"] = .string(OracleClock.text(time))
            case .untilAt(let path): object["timestamp"] = .string("$" + path.text)
            }
        case .choice(let branches, let otherwise):
            object["type"] = "choice"
            object["choices"] = .array(branches.map { .object($0.document) })
            object["default"] = otherwise.map { .object($0.document) }
        case .parallel(let branches):
            object["type"] = "parallel"
            object["branches"] = .array(branches.map { ["steps": .steps($0)] })
        case .foreach(let collection, let item, let index, let steps):
            object["type"] = "foreach"
            var mapping: JSONObject = ["collection": .string("$" + collection.text), "item": .string(item)]
            mapping["index"] = index.map(JSONValue.string)
            object["iterationMapping"] = .object(mapping)
            object["steps"] = .steps(steps)
        }
        return object
    }
}

extension PlainTask {
    /// The only resource there is for a step.
    static func arn(_ step: String) -> String { "acs:fc:::services/S/functions/\(step)" }

    func document(_ name: String) -> JSONObject {
        var object: JSONObject = ["resourceArn": .string(Self.arn(name))]
        if pattern != "requestResponse" { object["pattern"] = .string(pattern) }
        object["timeoutSeconds"] = timeoutSeconds.map(JSONValue.integer)
        if !retry.isEmpty { object["retry"] = .array(retry.map { .object($0.document) }) }
        if !catches.isEmpty {
            object["catch"] = .array(catches.map { ["errors": .words($0.errors), "goto": .string($0.goto)] })
        }
        object["errorMappings"] = errorMappings.map(JSONValue.mappings)
        if !serviceParams.isEmpty { object["serviceParams"] = .object(parameters) }
        return object
    }

    var parameters: JSONObject {
        JSONObject(
            serviceParams.map { name, source in
                switch source {
                case .path(let path): (name, .string("$" + path.text))
                case .constant(let value): (name, value)
                }
            })
    }
}

extension PlainRetry {
    var document: JSONObject {
        var object: JSONObject = ["errors": .words(errors)]
        object["intervalSeconds"] = intervalSeconds.map(JSONValue.integer)
        object["maxIntervalSeconds"] = maxIntervalSeconds.map(JSONValue.integer)
        object["maxAttempts"] = maxAttempts.map(JSONValue.integer)
        object["multiplier"] = multiplier
        return object
    }
}
