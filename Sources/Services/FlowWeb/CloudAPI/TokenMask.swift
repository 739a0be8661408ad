import Primitives

/// Hides task tokens from who may read and not operate: a token is the right to report.
enum TokenMask {
    /// As the engine writes what it hides.
    private static let mark = "…"
    /// Every token begins so: it is `v1#` in base64.
    private static let prefix = Array("djEj".utf8)
    /// Shorter than any token: an authentication code alone is longer.
    private static let bytesMin = 32

    static func hidden(in answer: JSONObject) -> JSONObject {
        var masked = answer
        for (name, value) in answer { masked[name] = hidden(in: value) }
        return masked
    }

    private static func hidden(in value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(hidden(in: text))
        case .array(let values): .array(values.map(hidden))
        case .object(let object): .object(hidden(in: object))
        case .null, .bool, .integer, .number: value
        }
    }

    static func hidden(in text: String) -> String {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].starts(with: prefix) ? end(of: bytes, from: place) : place
            if end - place >= bytesMin {
                kept += mark.utf8
                place = end
            } else {
                kept.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func end(of bytes: [UInt8], from place: Int) -> Int {
        bytes[place...].firstIndex { !isTokenByte($0) } ?? bytes.count
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
