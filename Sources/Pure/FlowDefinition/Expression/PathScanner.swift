/// Reads path components from left to right; shared by paths that stand alone and paths inside conditions.
struct PathScanner {
    let scalars: [Unicode.Scalar]
    var index: Int

    init(_ scalars: [Unicode.Scalar], at index: Int) {
        self.scalars = scalars
        self.index = index
    }

    /// What a key behind a dot may consist of. Others are written `['…']`.
    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: scalar.value > 0x7F && !scalar.properties.isWhitespace
        }
    }

    func fault(_ reason: String) -> ExpressionFault { ExpressionFault(reason: reason, offset: index) }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    /// Components until something that is none.
    mutating func components() throws(ExpressionFault) -> [JSONPath.Component] {
        var components: [JSONPath.Component] = []
        while let scalar = next {
            switch scalar {
            case ".": components.append(try dotKey())
            case "[": components.append(try bracket())
            default: return components
            }
            guard components.count <= JSONPath.componentsMax else {
                throw fault("the path has more than \(JSONPath.componentsMax) parts")
            }
        }
        return components
    }

    private mutating func dotKey() throws(ExpressionFault) -> JSONPath.Component {
        index += 1
        let start = index
        while let scalar = next, Self.isPlain(scalar) { index += 1 }
        guard index > start else { throw fault(keyAdvice) }
        return .key(text(start..<index))
    }

    /// What is wrong behind a dot.
    private var keyAdvice: String {
        switch next {
        case nil: "the path ends behind '.'"
        case ".": "\"..\" is not part of this language; name each key on the way"
        case "*": "'*' stands only for the elements of an array, as [*]"
        case "[": "leave out the '.' in front of '['"
        default: "expected a key behind '.'; a key with other characters is written ['key']"
        }
    }

    /// What is wrong behind a bracket.
    private var bracketAdvice: String {
        switch next {
        case nil: "the path ends behind '['"
        case "-": "an index counts from 0 at the front; there are no negative ones"
        case "?", "(", "@": "filters are not part of this language; let a task choose the elements"
        case ":": "slices are not part of this language; write [n] or [*]"
        case "]": "expected a number, '*' or a quoted key between '[' and ']'"
        case let scalar? where Self.isPlain(scalar): "a key in brackets stands in quotes, as ['key']"
        default: "expected a number, '*' or a quoted key behind '['"
        }
    }

    /// What is wrong behind a component that is followed by something else than its end, '.' or '['.
    func restAdvice() -> String {
        switch next {
        case "(": return "functions are not part of this language"
        case let scalar? where scalar.properties.isWhitespace:
            let rest = scalars[index...].drop { $0.properties.isWhitespace }
            if rest.isEmpty { return "a blank stands behind the path" }
            return
                "a path stands alone: nothing is computed here, and a key with a blank is written ['a key']"
        case "+", "-", "*", "/", "%", "=", "<", ">", "!", "&", "|", "?":
            return "a path stands alone: nothing is computed here"
        default: return "expected '.', '[' or the end of the path; other keys are written ['key']"
        }
    }

    private mutating func bracket() throws(ExpressionFault) -> JSONPath.Component {
        index += 1
        let component: JSONPath.Component
        switch next {
        case "*":
            index += 1
            component = .each
        case "'", "\"": component = .key(try quotedKey())
        case let scalar? where ("0"..."9").contains(scalar): component = .index(try number())
        default: throw fault(bracketAdvice)
        }
        switch next {
        case "]": break
        case ":": throw fault("slices are not part of this language; write [n] or [*]")
        case ",": throw fault("only one index or key stands in brackets")
        default: throw fault("expected ']'")
        }
        index += 1
        return component
    }

    private mutating func number() throws(ExpressionFault) -> Int {
        let start = index
        while let scalar = next, ("0"..."9").contains(scalar) { index += 1 }
        guard let number = Int(text(start..<index)) else { throw fault("the number in '[' is too large") }
        return number
    }

    /// A key in single or double quotes; a backslash takes the next character as it is.
    private mutating func quotedKey() throws(ExpressionFault) -> String {
        let quote = scalars[index]
        index += 1
        var key = String.UnicodeScalarView()
        while let scalar = next {
            index += 1
            if scalar == quote { return String(key) }
            if scalar == "\\", let escaped = next {
                key.append(escaped)
                index += 1
            } else {
                key.append(scalar)
            }
        }
        throw fault("the quoted key does not end")
    }

    private func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}
