import Primitives

/// Reads a JSON object from a form's field; a fault names its line and column.
enum JSONPlace {
    struct Fault: Error, Sendable, Hashable {
        let sentence: String
    }

    /// Nothing was written: the empty object.
    static func object(_ text: String) throws(Fault) -> String {
        if text.isEmpty { return "{}" }
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONParser.parse(text)
        } catch {
            throw Fault(sentence: "\(place(of: error.offset, in: text)): \(error.reason).")
        }
        guard value.objectValue != nil else {
            throw Fault(
                sentence: "This is \(value.kind); an object is needed, e.g. {\"who\":\"world\"}.")
        }
        return text
    }

    /// `line 3, column 5`, both counted from 1, as editors count.
    static func place(of offset: Int, in text: String) -> String {
        let before = Array(text.utf8.prefix(max(0, offset)))
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).count + 1
        return "Line \(line), column \(column)"
    }
}
