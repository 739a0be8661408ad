/// One element of the message service's documents: a name, and either text or elements.
package struct MessageElement: Sendable, Hashable {
    /// Without a prefix.
    package var name: String
    package var text: String
    package var children: [MessageElement]

    package init(_ name: String, text: String = "", children: [MessageElement] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// The first child of the name.
    package subscript(name: String) -> MessageElement? { children.first { $0.name == name } }
}
