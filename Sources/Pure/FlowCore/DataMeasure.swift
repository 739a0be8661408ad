import Primitives

/// How large and how deep a value is.
struct DataMeasure: Equatable {
    /// Units: bytes of JSON text, escapes not counted: near enough for a limit, and without writing it.
    var size: Int
    /// Objects and arrays within each other.
    var depth = 0
}

extension JSONValue {
    var measure: DataMeasure {
        switch self {
        case .null: return DataMeasure(size: 4)
        case .bool(let flag): return DataMeasure(size: flag ? 4 : 5)
        case .integer(let number): return DataMeasure(size: number < 10 && number >= 0 ? 1 : 12)
        case .number: return DataMeasure(size: 16)
        case .string(let text): return DataMeasure(size: text.utf8.count + 2)
        case .array(let elements):
            var whole = DataMeasure(size: 2)
            for element in elements {
                let part = element.measure
                whole.size += part.size + 1
                whole.depth = Swift.max(whole.depth, part.depth)
            }
            whole.depth += 1
            return whole
        case .object(let object): return object.measure
        }
    }
}

extension JSONObject {
    var measure: DataMeasure {
        var whole = DataMeasure(size: Self.emptySize)
        for (key, value) in self {
            let part = value.measure
            whole.size += Self.memberSize(key, part.size)
            whole.depth = Swift.max(whole.depth, part.depth)
        }
        whole.depth += 1
        return whole
    }

    static let emptySize = 2

    static func memberSize(_ key: String, _ valueSize: Int) -> Int { key.utf8.count + valueSize + 4 }
}
