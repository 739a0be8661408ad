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
        guard index > start else {
            throw fault(
                "expected a key behind '.'; write other keys as ['key']; \"..\" is not part of this language"
            )
        }
        return .key(text(start..<index))
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
        default: throw fault("expected a number, '*' or a quoted key behind '['")
        }
        guard next == "]" else { throw fault("expected ']'") }
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
