/// What is said of words and signs that other languages have and conditions have not.
enum ConditionAdvice {
    static let operators = "allowed are == != < <= > >= in && || ! and parentheses"

    /// - Parameter text: the sign and the two behind it.
    static func symbol(_ text: String) -> String {
        let sign = text.unicodeScalars.first.map { String(Character($0)) } ?? ""
        switch sign {
        case "=" where text.hasPrefix("=~"): return "there is no matching of patterns; \(operators)"
        case "=": return "'=' is no operator here; write =="
        case "&": return "'&' is no operator here; write &&"
        case "|": return "'|' is no operator here; write ||"
        case "+", "-", "*", "/", "%", "^":
            return "'\(sign)': nothing is computed in a condition; \(operators)"
        case "?": return "'?' is no operator here; \(operators)"
        case "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "\u{300C}":
            return "'\(sign)' is no quotation mark here; write straight quotes, as \"text\""
        case "\u{FF08}", "\u{FF09}", "\u{FF0C}", "\u{FF1D}", "\u{FF01}":
            return "'\(sign)' is a full-width sign; write the ASCII one"
        case "{", "}": return "'\(sign)' has no meaning in a condition; a path is written $.key"
        case ".": return "a number begins with a digit, as 0.5; a path with $, as $.key"
        case ";": return "';' has no meaning in a condition; it ends without a sign"
        default: return "'\(sign)' has no meaning in a condition"
        }
    }

    static func word(_ word: String, isCalled: Bool) -> String {
        switch word.lowercased() {
        case "and": return "'\(word)' is no operator here; write &&"
        case "or": return "'\(word)' is no operator here; write ||"
        case "not": return "'\(word)' is no operator here; write !, as !($.state in [\"new\"])"
        case "true", "false": return "write \(word.lowercased()) in small letters"
        case "none", "nil", "null", "undefined":
            return
                "write null in small letters; a comparison with null is never true, !$.key is for what is not"
        case "contains", "like", "matches", "startswith", "endswith", "between", "is":
            return "'\(word)' is no operator here; \(operators)"
        default: break
        }
        if isCalled { return "there are no functions, and '\(word)' is none; \(operators)" }
        return "the word '\(word)' means nothing here; write $.\(word) for a key, \"\(word)\" for a text"
    }

    /// - Parameter text: from a `$` that no `.` or `[` follows.
    static func root(_ text: String) -> String {
        for root in ["$input", "$local"] where text.hasPrefix(root) {
            let rest = text.dropFirst(root.utf8.count)
            let path = rest.prefix { !$0.isWhitespace && !"=<>!&|),".contains($0) }
            guard rest.isEmpty || rest.first == "." || rest.first == "[" || path.isEmpty else { continue }
            return "\(root) is for mappings; a condition reads the step's own input, as $\(path)"
        }
        if text.hasPrefix("$context") {
            return "$context is for mappings; map it in the choice's inputMappings and read it as $.key"
        }
        return "expected '.' or '[' behind '$'; a condition reads the step's own input, as $.key"
    }
}
