/// Bytes as text of four characters for each three. Source: RFC 4648, §4.
package enum Base64Text {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func encode(_ bytes: some RandomAccessCollection<UInt8>) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            digits.withUnsafeBufferPointer { digits in
                var (word, held, at) = (UInt32(0), 0, 0)
                for byte in bytes {
                    word = word << 8 | UInt32(byte)
                    held += 1
                    guard held == 3 else { continue }
                    text[at] = digits[Int(word >> 18 & 63)]
                    text[at + 1] = digits[Int(word >> 12 & 63)]
                    text[at + 2] = digits[Int(word >> 6 & 63)]
                    text[at + 3] = digits[Int(word & 63)]
                    at += 4
                    (word, held) = (0, 0)
                }
                guard held > 0 else { return }
                word <<= UInt32(8 * (3 - held))
                text[at] = digits[Int(word >> 18 & 63)]
                text[at + 1] = digits[Int(word >> 12 & 63)]
                text[at + 2] = held == 2 ? digits[Int(word >> 6 & 63)] : UInt8(ascii: "=")
                text[at + 3] = UInt8(ascii: "=")
            }
            return length
        }
    }

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    /// Nil: it is no such text.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { characters -> [UInt8]? in
            guard characters.count % 4 == 0 else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(characters.count / 4 * 3)
            let padding = characters.suffix(2).count { $0 == UInt8(ascii: "=") }
            var (word, held) = (UInt32(0), 0)
            for character in characters.dropLast(padding) {
                let value = values[Int(character)]
                guard value != 255 else { return nil }
                word = word << 6 | UInt32(value)
                held += 1
                guard held == 4 else { continue }
                bytes.append(UInt8(truncatingIfNeeded: word >> 16))
                bytes.append(UInt8(truncatingIfNeeded: word >> 8))
                bytes.append(UInt8(truncatingIfNeeded: word))
                (word, held) = (0, 0)
            }
            switch (held, padding) {
            case (0, 0): break
            case (2, 2): bytes.append(UInt8(truncatingIfNeeded: word >> 4))
            case (3, 1):
                bytes.append(UInt8(truncatingIfNeeded: word >> 10))
                bytes.append(UInt8(truncatingIfNeeded: word >> 2))
            default: return nil
            }
            return bytes
        }
    }
}
