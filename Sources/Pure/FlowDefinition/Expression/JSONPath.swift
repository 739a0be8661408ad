package import Primitives

/// The part of a path behind its root (`$`, `$input`, …): `.key`, `['key']`, `[n]`, `[*]`. Source: fdl §3.3.
package struct JSONPath: Sendable, Hashable {
    package enum Component: Sendable, Hashable {
        case key(String)
        case index(Int)
        /// Every element; the result is one array, also when several of these stand in a path.
        case each
    }

    package static let componentsMax = 64

    package let components: [Component]

    package init(components: [Component]) { self.components = components }

    /// Nil when the text does not begin with `root` followed by its end, `.` or `[`: then it is no path of
    /// that root.
    package init?(_ text: String, root: String) throws(ExpressionFault) {
        guard text.hasPrefix(root) else { return nil }
        let behind = text.unicodeScalars.dropFirst(root.unicodeScalars.count).first
        guard behind == nil || behind == "." || behind == "[" else { return nil }
        var scanner = PathScanner(Array(text.unicodeScalars), at: root.unicodeScalars.count)
        components = try scanner.components()
        guard scanner.index == scanner.scalars.count else {
            throw scanner.fault(scanner.restAdvice())
        }
    }

    /// Nil when the path is not there.
    package func value(in root: JSONValue) -> JSONValue? { Self.value(components[...], in: root) }

    private static func value(_ components: ArraySlice<Component>, in root: JSONValue) -> JSONValue? {
        var value = root
        var rest = components
        while let component = rest.popFirst() {
            switch component {
            case .key(let key):
                guard let member = value[key] else { return nil }
                value = member
            case .index(let index):
                guard let element = value[index] else { return nil }
                value = element
            case .each:
                guard case .array(let elements) = value else { return nil }
                return .array(each(rest, of: elements))
            }
        }
        return value
    }

    /// Elements that lack the rest of the path are left out; a further `[*]` adds to the same array.
    private static func each(_ rest: ArraySlice<Component>, of elements: [JSONValue]) -> [JSONValue] {
        if rest.isEmpty { return elements }
        let flattens = rest.contains(.each)
        var collected: [JSONValue] = []
        for element in elements {
            switch value(rest, in: element) {
            case .none: continue
            case .array(let inner) where flattens: collected += inner
            case .some(let found): collected.append(found)
            }
        }
        return collected
    }

    /// The path as text without its root: `.a[0]['b c'][*]`.
    package var text: String {
        components.map { component in
            switch component {
            case .key(let key) where key.unicodeScalars.allSatisfy(PathScanner.isPlain) && !key.isEmpty:
                ".\(key)"
            case .key(let key):
                "['" + key.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "']"
            case .index(let index): "[\(index)]"
            case .each: "[*]"
            }
        }.joined()
    }
}
