/// A piece of a page, escaped already: a text becomes one only by being escaped.
///
///     el("section", .class("card")) {
///         el("h2") { "Orders" }
///         for order in orders { row(of: order) }
///     }
package struct HTML: Sendable, Hashable, ExpressibleByStringLiteral {
    /// As it is sent.
    package private(set) var markup: String

    /// Nothing.
    package init() { markup = "" }

    /// Shown as it is written, whatever it holds.
    package init(_ text: some StringProtocol) { markup = HTMLEscaping.escape(text) }
    package init(stringLiteral text: String) { self.init(text) }

    /// Markup that was written by this program, e.g. a picture; nothing that came from outside.
    package init(trusted markup: String) { self.markup = markup }

    package init(_ parts: [HTML]) { markup = parts.map(\.markup).joined() }

    package var isEmpty: Bool { markup.isEmpty }

    package static func + (one: HTML, other: HTML) -> HTML { HTML(trusted: one.markup + other.markup) }
}

/// An element with content.
package func el(
    _ name: StaticString, _ attributes: HTMLAttribute..., @HTMLBuilder content: () -> HTML = { HTML() }
) -> HTML {
    el(name, attributes, content: content)
}

/// The same with attributes that were gathered before.
package func el(
    _ name: StaticString, _ attributes: [HTMLAttribute], @HTMLBuilder content: () -> HTML = { HTML() }
) -> HTML {
    HTML(trusted: "<\(name)\(HTMLAttribute.markup(of: attributes))>\(content().markup)</\(name)>")
}

/// An element that has no content: `input`, `br`, `img`, `meta`, `link`, `hr`.
package func void(_ name: StaticString, _ attributes: HTMLAttribute...) -> HTML { void(name, attributes) }

/// The same with attributes that were gathered before.
package func void(_ name: StaticString, _ attributes: [HTMLAttribute]) -> HTML {
    HTML(trusted: "<\(name)\(HTMLAttribute.markup(of: attributes))>")
}

/// Pieces one behind the other.
package func group(@HTMLBuilder _ content: () -> HTML) -> HTML { content() }
