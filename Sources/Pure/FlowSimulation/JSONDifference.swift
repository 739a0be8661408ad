package import Primitives

/// Where two JSON values differ, for people.
package enum JSONDifference {
    /// One line for each place: `output.price: expected "80", found "100"`.
    ///
    /// - Parameter subset: members that are found and not expected are right; elements of arrays are not.
    package static func lines(
        expected: JSONValue, found: JSONValue, at path: String, subset: Bool = false
    ) -> [String] {
        switch (expected, found) {
        case (.object(let expected), .object(let found)):
            return members(expected, found, path, subset)
        case (.array(let expected), .array(let found)) where expected.count == found.count:
            return zip(expected, found).enumerated().flatMap { index, pair in
                lines(expected: pair.0, found: pair.1, at: "\(path)[\(index)]", subset: subset)
            }
        case (.integer, .number), (.number, .integer):
            if expected.doubleValue == found.doubleValue { return [] }
        default:
            if expected == found { return [] }
        }
        return ["\(path): expected \(expected.text), found \(found.text)"]
    }

    private static func members(
        _ expected: JSONObject, _ found: JSONObject, _ path: String, _ subset: Bool
    ) -> [String] {
        var lines: [String] = []
        for (key, value) in expected {
            if let member = found[key] {
                lines += self.lines(expected: value, found: member, at: "\(path).\(key)", subset: subset)
            } else {
                lines.append("\(path).\(key): expected \(value.text), but it is not there")
            }
        }
        guard !subset else { return lines }
        for (key, value) in found where expected[key] == nil {
            lines.append("\(path).\(key): not expected, found \(value.text)")
        }
        return lines
    }

    /// The first place where two lists part, with what stands around it.
    package static func lists(expected: [String], found: [String], called name: String) -> [String] {
        guard expected != found else { return [] }
        let common = zip(expected, found).prefix { $0 == $1 }.count
        var lines = ["\(name): differs from entry \(common + 1) on"]
        if common > 0 { lines.append("    \(found[common - 1])") }
        lines += expected[common...].prefix(5).map { "  - \($0)" }
        if expected.count > common + 5 { lines.append("  - … \(expected.count - common - 5) more") }
        lines += found[common...].prefix(5).map { "  + \($0)" }
        if found.count > common + 5 { lines.append("  + … \(found.count - common - 5) more") }
        return lines
    }
}
