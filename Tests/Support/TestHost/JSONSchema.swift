package import Primitives

/// The part of JSON Schema that the contracts use. A keyword that is not known here is a violation too, so
/// that no contract is checked less than it says.
package struct JSONSchema: Sendable {
    private let schema: JSONValue

    package init(_ schema: JSONValue) { self.schema = schema }

    /// Sentences with the place; empty when the value is as the schema says.
    package func violations(_ value: JSONValue, at path: String = "$") -> [String] {
        guard let rules = schema.objectValue else {
            return schema == true ? [] : ["\(path): the schema is no object: \(schema.text)"]
        }
        return rules.flatMap { name, rule in check(name, rule, value, path, rules) }
    }

    private func check(
        _ name: String, _ rule: JSONValue, _ value: JSONValue, _ path: String, _ rules: JSONObject
    ) -> [String] {
        switch name {
        case "type": return typeViolations(rule, value, path)
        case "enum":
            return one(rule.arrayValue?.contains(value) == true, path, "is not one of \(rule)", value)
        case "const": return one(rule == value, path, "is not \(rule)", value)
        case "properties": return memberViolations(rule, value, path)
        case "required":
            guard let members = value.objectValue else { return [] }
            return (rule.arrayValue ?? []).compactMap(\.stringValue).filter { lacks(members, $0) }
                .map { "\(path): \($0) is missing" }
        case "additionalProperties": return otherViolations(rule, value, path, rules)
        case "items":
            return (value.arrayValue ?? []).enumerated().flatMap { index, element in
                JSONSchema(rule).violations(element, at: "\(path)[\(index)]")
            }
        case "pattern", "format", "minLength", "maxLength": return textViolations(name, rule, value, path)
        case "minimum", "maximum":
            guard let number = value.doubleValue, let limit = rule.doubleValue else { return [] }
            return one(
                name == "minimum" ? number >= limit : number <= limit, path, "\(name) is \(rule)", value)
        case "description", "title", "default", "examples": return []
        default:
            return name.hasPrefix("x-")
                ? [] : ["\(path): the schema's keyword \(name) is not known to the test"]
        }
    }

    private func lacks(_ members: JSONObject, _ name: String) -> Bool {
        !members.contains { $0.key == name }
    }

    private func one(_ holds: Bool, _ path: String, _ sentence: String, _ value: JSONValue) -> [String] {
        holds ? [] : ["\(path): \(sentence), found \(value.text.prefix(200))"]
    }

    private func typeViolations(_ rule: JSONValue, _ value: JSONValue, _ path: String) -> [String] {
        let names = rule.stringValue.map { [$0] } ?? (rule.arrayValue ?? []).compactMap(\.stringValue)
        let holds = names.contains { name in
            switch (name, value) {
            case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
                ("object", .object),
                ("integer", .integer), ("number", .integer), ("number", .number):
                true
            default: false
            }
        }
        return one(holds, path, "expected \(names.joined(separator: " or "))", value)
    }

    private func memberViolations(_ rule: JSONValue, _ value: JSONValue, _ path: String) -> [String] {
        guard let members = value.objectValue, let schemas = rule.objectValue else { return [] }
        return members.flatMap { name, member in
            schemas.filter { $0.key == name }.flatMap {
                JSONSchema($0.value).violations(member, at: "\(path).\(name)")
            }
        }
    }

    private func otherViolations(
        _ rule: JSONValue, _ value: JSONValue, _ path: String, _ rules: JSONObject
    ) -> [String] {
        guard let members = value.objectValue, rule != true else { return [] }
        let known = rules["properties"]?.objectValue ?? [:]
        let others = members.filter { lacks(known, $0.key) }
        if rule == false { return others.map { "\(path): \($0.key) is not in the contract" } }
        return others.flatMap { JSONSchema(rule).violations($0.value, at: "\(path).\($0.key)") }
    }

    private func textViolations(
        _ name: String, _ rule: JSONValue, _ value: JSONValue, _ path: String
    ) -> [String] {
        guard let text = value.stringValue else { return [] }
        let holds: Bool
        switch (name, rule) {
        case ("pattern", .string(let pattern)):
            guard let expression = try? Regex(pattern) else { return ["\(path): \(pattern) is no pattern"] }
            holds = text.firstMatch(of: expression) != nil
        case ("format", "date-time"): holds = Timestamp(rfc3339: text) != nil
        case ("minLength", .integer(let length)): holds = text.unicodeScalars.count >= length
        case ("maxLength", .integer(let length)): holds = text.unicodeScalars.count <= length
        default: return ["\(path): \(name) \(rule) is not known to the test"]
        }
        return one(holds, path, "is not as \(name) \(rule) asks", value)
    }
}
