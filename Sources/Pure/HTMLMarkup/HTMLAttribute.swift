/// An attribute of an element; its value is escaped when it is written.
package struct HTMLAttribute: Sendable {
    private let name: String
    /// Nil: the attribute is not there.
    private let value: String?

    private init(_ name: String, _ value: String?) {
        self.name = name
        self.value = value
    }

    static func markup(of attributes: [HTMLAttribute]) -> String {
        var markup = ""
        for attribute in attributes {
            guard let value = attribute.value else { continue }
            markup += value.isEmpty ? " \(attribute.name)=\"\"" : " \(attribute.name)=\"\(escaped(value))\""
        }
        return markup
    }

    private static func escaped(_ value: String) -> String { HTMLEscaping.escape(value) }

    /// Nil leaves it out.
    package static func attribute(_ name: StaticString, _ value: String?) -> HTMLAttribute {
        HTMLAttribute("\(name)", value)
    }

    /// One without a value, e.g. `disabled`.
    package static func flag(_ name: StaticString, when isSet: Bool = true) -> HTMLAttribute {
        HTMLAttribute("\(name)", isSet ? "" : nil)
    }

    /// What the page's script and the tests find an element by: `data-NAME`.
    package static func data(_ name: StaticString, _ value: String?) -> HTMLAttribute {
        HTMLAttribute("data-\(name)", value)
    }

    package static func aria(_ name: StaticString, _ value: String?) -> HTMLAttribute {
        HTMLAttribute("aria-\(name)", value)
    }

    package static func `class`(_ names: String?...) -> HTMLAttribute {
        let names = names.compactMap(\.self).filter { !$0.isEmpty }
        return HTMLAttribute("class", names.isEmpty ? nil : names.joined(separator: " "))
    }

    package static func id(_ value: String?) -> HTMLAttribute { HTMLAttribute("id", value) }
    package static func name(_ value: String) -> HTMLAttribute { HTMLAttribute("name", value) }
    package static func value(_ value: String?) -> HTMLAttribute { HTMLAttribute("value", value) }
    package static func type(_ value: StaticString) -> HTMLAttribute { HTMLAttribute("type", "\(value)") }
    package static func `for`(_ id: String) -> HTMLAttribute { HTMLAttribute("for", id) }
    package static func role(_ value: StaticString) -> HTMLAttribute { HTMLAttribute("role", "\(value)") }
    package static func title(_ value: String?) -> HTMLAttribute { HTMLAttribute("title", value) }

    /// A place of this site: begins with `/`, `?` or `#`. Anything else becomes `#`, so that no text of a
    /// user becomes a program.
    package static func href(_ place: String) -> HTMLAttribute { HTMLAttribute("href", ownPlace(place)) }
    package static func action(_ place: String) -> HTMLAttribute { HTMLAttribute("action", ownPlace(place)) }
    package static func src(_ place: String) -> HTMLAttribute { HTMLAttribute("src", ownPlace(place)) }

    private static func ownPlace(_ place: String) -> String {
        let isOwn =
            place.hasPrefix("?") || place.hasPrefix("#")
            || place.hasPrefix("/") && !place.hasPrefix("//")
                && !place.hasPrefix("/\\")
        return isOwn ? place : "#"
    }
}
