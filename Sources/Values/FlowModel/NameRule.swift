/// What may be named, for the sentence that refuses a name.
package enum NameKind: String, Sendable {
    case flow = "flow name"
    /// As a starter may choose it.
    case execution = "execution name"
    /// Also one that was made longer: an Express execution's, whose UUID stands behind a ':'.
    case anyExecution = "name of an execution"
    case step = "step name"
    case schedule = "schedule name"
    case alias = "alias"
}

/// The rule for names: letters, digits, `_` and `-`, 1 to 128 of them; a digit or `-` in front only for
/// executions.
///
/// Executions are named by their starters after order numbers and UUIDs, which begin with a digit more often
/// than not.
/// Source: fdl §1, §7.2.
package enum NameRule {
    package static let bytesMax = 128
    /// A ':' and a UUID.
    private static let suffixBytesMax = 37

    /// Nil when the name is right, otherwise the sentence that says what is wrong.
    package static func check(_ name: String, kind: NameKind) -> String? {
        let bytes = name.utf8
        guard let first = bytes.first else { return "the \(kind.rawValue) is empty" }
        let bytesMax = kind == .anyExecution ? bytesMax + suffixBytesMax : bytesMax
        guard bytes.count <= bytesMax else {
            return "the \(kind.rawValue) has \(bytes.count) characters; at most \(bytesMax) are allowed"
        }
        let wrong = name.unicodeScalars.first { !isAllowed($0) && !(kind == .anyExecution && $0 == ":") }
        if let wrong {
            return
                "the \(kind.rawValue) \"\(name)\" contains \(quoted(wrong)); "
                + "only letters, digits, '_' and '-' are allowed"
        }
        let startsPlain =
            first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        if startsPlain, kind != .execution, kind != .anyExecution {
            return "the \(kind.rawValue) \"\(name)\" must begin with a letter or '_'"
        }
        return nil
    }

    package static func isValid(_ name: String, kind: NameKind) -> Bool { check(name, kind: kind) == nil }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
    }

    private static func quoted(_ scalar: Unicode.Scalar) -> String {
        scalar.value < 0x20 || scalar.value == 0x7F ? "a control character" : "'\(scalar)'"
    }
}
