/// The rule for names of queues: letters, digits, `-` and `_`, a letter or digit first, 1 to 120 of them.
/// Source: MNS 2015-06-06, which does not allow `_`; flows in the wild have it.
enum QueueName {
    static let bytesMax = 120

    /// Nil when the name is right, otherwise the sentence that says what is wrong.
    static func fault(
        _ name: String, of thing: String = "queue", bytesMax: Int = QueueName.bytesMax
    ) -> String? {
        let bytes = name.utf8
        guard let first = bytes.first else { return "it is empty; name the \(thing)" }
        guard bytes.count <= bytesMax else {
            return "it has \(bytes.count) characters; at most \(bytesMax) are allowed"
        }
        guard bytes.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else {
            return "\"\(name)\" contains something else than letters, digits, '-' and '_'"
        }
        return isWordByte(first) ? nil : "\"\(name)\" must begin with a letter or a digit"
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
