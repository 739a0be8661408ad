import Yams

/// YAML's own tags: `!!str 5` is a text, `!!int "5"` a number.
extension Node.Scalar {
    private static let core = "tag:yaml.org,2002:"

    /// Whether the scalar means what its text would mean without quotes.
    func isRead(asPlain isPlain: Bool) -> Bool {
        switch tag.description {
        case Self.core + "str": false
        case Self.core + "int", Self.core + "float", Self.core + "bool", Self.core + "null": true
        default: isPlain
        }
    }

    /// The tag as an author writes it; nil when there is none that means something: the library gives every
    /// quoted text the tag of a text.
    var writtenTag: String? {
        let name = tag.description
        if name == Self.core + "str", style != .plain { return nil }
        if name.hasPrefix(Self.core) { return "!!" + name.dropFirst(Self.core.count) }
        return name.isEmpty || name == "!" ? nil : name
    }
}
