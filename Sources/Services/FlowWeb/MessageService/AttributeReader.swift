import MessageXML

/// Reads the children of an element that says how something should be; what it does not know is for newer
/// services.
struct AttributeReader: Sendable {
    let element: MessageElement

    func text(_ name: String) -> String? { element[name]?.text }

    func number(_ name: String, _ range: MessageRange) throws(MessageFault) -> Int64? {
        try text(name).map { text throws(MessageFault) in try range.number(text, of: name) }
    }

    func flag(_ name: String) throws(MessageFault) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw .argument(name, "\"\(text.prefix(40))\" is neither True nor False.")
        }
    }

    /// Throws: `InvalidArgument` when it is missing or empty.
    func requiredText(_ name: String) throws(MessageFault) -> String {
        guard let text = text(name), !text.isEmpty else { throw .schema(name, "it is required") }
        return text
    }
}
