import FlowModel
import Primitives

/// Task tokens in data: rights to report, which a page shows to nobody.
enum TokenText {
    /// In place of a token.
    static let mask = "‹task token›"

    static func masked(_ value: JSONValue) -> JSONValue { replaced(in: value) { _ in mask } }

    static func masked(_ object: JSONObject) -> JSONObject {
        masked(JSONValue.object(object)).objectValue ?? object
    }

    /// - Parameter replacement: nil leaves the text as it is.
    static func replaced(in value: JSONValue, by replacement: (TaskToken) -> String?) -> JSONValue {
        switch value {
        case .string(let text):
            // Shorter than any token: no need to look closer.
            guard text.utf8.count > 40, let token = try? TaskToken(text: text), let other = replacement(token)
            else { return value }
            return .string(other)
        case .array(let elements): return .array(elements.map { replaced(in: $0, by: replacement) })
        case .object(let object):
            return .object(JSONObject(object.map { ($0.key, replaced(in: $0.value, by: replacement)) }))
        default: return value
        }
    }
}
