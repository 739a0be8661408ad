import Primitives

extension JSONValue {
    /// The length of the value's JSON text, escapes not counted: near enough for a limit, and without writing
    /// it.
    var dataSize: Int {
        switch self {
        case .null: 4
        case .bool(let flag): flag ? 4 : 5
        case .integer(let number): number < 10 && number >= 0 ? 1 : 12
        case .number: 16
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.dataSize + 1 }
        case .object(let object): object.dataSize
        }
    }
}

extension JSONObject {
    var dataSize: Int {
        var size = 2
        for (key, value) in self { size += key.utf8.count + value.dataSize + 4 }
        return size
    }
}
