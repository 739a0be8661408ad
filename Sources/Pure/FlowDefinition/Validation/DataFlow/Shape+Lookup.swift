/// What a path finds in a shape.
enum ShapeLookup {
    case found(Shape)
    /// On no way is there anything: `shape` is what stands in front of component `index`.
    case missing(index: Int, in: Shape)
}

extension Shape {
    func lookup(_ path: JSONPath) -> ShapeLookup { lookup(path.components[...]) }

    private func lookup(_ components: ArraySlice<JSONPath.Component>) -> ShapeLookup {
        var shape = self
        var rest = components
        while let component = rest.first {
            switch (component, shape) {
            case (_, .unknown): return .found(.unknown)
            case (.key(let key), .object(let object)):
                guard let member = object.members[key] else {
                    return .missing(index: rest.startIndex, in: shape)
                }
                shape = member
            case (.index, .list(let element)): shape = element
            case (.each, .list(let element)): return Self.each(element, rest.dropFirst())
            default: return .missing(index: rest.startIndex, in: shape)
            }
            rest.removeFirst()
        }
        return .found(shape)
    }

    /// A further `[*]` adds to the same array, as the path's evaluation does.
    private static func each(
        _ element: Shape, _ rest: ArraySlice<JSONPath.Component>
    ) -> ShapeLookup {
        guard case .found(let inner) = element.lookup(rest) else { return element.lookup(rest) }
        guard rest.contains(.each) else { return .found(.list(of: inner)) }
        if case .list = inner { return .found(inner) }
        return .found(.list(of: .unknown))
    }
}
