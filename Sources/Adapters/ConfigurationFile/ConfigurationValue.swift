package import Primitives

/// A YAML value with its place in the file.
///
/// Plain scalars are read by YAML 1.2's core rules: only `true` and `false` are booleans, `yes` and `on` are
/// texts.
package struct ConfigurationValue: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let key: String
        package let keyPosition: ConfigurationPosition
        package let value: ConfigurationValue
    }

    package indirect enum Content: Sendable, Hashable {
        case null
        case boolean(Bool)
        case integer(Int64)
        /// A number with fraction or exponent, as it is written, so that a decimal stays exact.
        case number(String)
        case string(String)
        case list([ConfigurationValue])
        case mapping([Member])
    }

    package let position: ConfigurationPosition
    package let content: Content

    package init(_ content: Content, at position: ConfigurationPosition) {
        self.content = content
        self.position = position
    }

    package var kind: String {
        switch content {
        case .null: "nothing"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a text"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    package var json: JSONValue {
        switch content {
        case .null: .null
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .number(let text): Double(text).map { .number($0) } ?? .string(text)
        case .string(let text): .string(text)
        case .list(let values): .array(values.map(\.json))
        case .mapping(let members): .object(JSONObject(members.map { ($0.key, $0.value.json) }))
        }
    }
}

extension ConfigurationValue.Content {
    /// A plain (unquoted) scalar.
    init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        default:
            if let number = Int64(text), text.utf8.first != UInt8(ascii: "+") {
                self = .integer(number)
            } else if Self.looksLikeNumber(text), let number = Double(text), number.isFinite {
                self = .number(text)
            } else {
                self = .string(text)
            }
        }
    }

    /// Double() also takes words such as `infinity` and hexadecimal floats.
    private static func looksLikeNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
            && text.utf8.contains { (0x30...0x39).contains($0) }
    }
}
