/// Base64 with padding. Source: RFC 4648 §4.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values = Dictionary(
        uniqueKeysWithValues: zip(alphabet, UInt32(0)...))
    private static let padding = UInt8(ascii: "=")

    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(
                    place <= group.count ? alphabet[Int(word >> UInt32(18 - 6 * place)) & 63] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil when the text is not exactly what encoding some bytes gives.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let pads = characters.reversed().prefix { $0 == padding }.count
        guard pads <= 2 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var word: UInt32 = 0
        for (index, character) in characters.dropLast(pads).enumerated() {
            guard let value = values[character] else { return nil }
            word = word << 6 | value
            if index & 3 == 3 {
                bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
            }
        }
        switch pads {
        case 0: return bytes
        // The bits that no byte takes are zero, or two texts would stand for the same bytes.
        case 1: return word & 3 == 0 ? bytes + [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)] : nil
        default: return word & 15 == 0 ? bytes + [UInt8(word >> 4 & 255)] : nil
        }
    }
}
