import Primitives

/// What a value may look like, over all ways that lead to a place: a superset of what can be there.
indirect enum Shape: Sendable, Equatable {
    /// Anything.
    case unknown
    /// A text, number, boolean or null: without members.
    case scalar
    case list(Shape)
    /// At most these keys; each may be absent.
    case object(ShapeMembers)

    static let empty = Shape.object(ShapeMembers([:]))

    /// Unknown when it would grow beyond what is worth following: a loop may nest a value in itself for ever.
    static func object(of members: [String: Shape]) -> Shape {
        let object = ShapeMembers(members)
        return object.weight > ShapeMembers.weightMax || object.depth > ShapeMembers.depthMax
            ? .unknown : .object(object)
    }

    static func list(of element: Shape) -> Shape {
        element.depth >= ShapeMembers.depthMax ? .unknown : .list(element)
    }

    /// Units: values.
    var weight: Int {
        switch self {
        case .unknown, .scalar: 1
        case .list(let element): 1 + element.weight
        case .object(let object): object.weight
        }
    }

    var depth: Int {
        switch self {
        case .unknown, .scalar: 0
        case .list(let element): 1 + element.depth
        case .object(let object): object.depth
        }
    }
}

/// The members of an object, and how much they are.
struct ShapeMembers: Sendable, Equatable {
    static let weightMax = 512
    static let depthMax = 8

    let members: [String: Shape]
    let weight: Int
    let depth: Int

    init(_ members: [String: Shape]) {
        self.members = members
        weight = members.values.reduce(1) { $0 + $1.weight }
        depth = 1 + (members.values.map(\.depth).max() ?? 0)
    }
}

extension Shape {
    /// What may be there when either may; also what one object merged over another may be, since each key of
    /// the upper one may be absent.
    func joined(_ other: Shape) -> Shape {
        switch (self, other) {
        case (.scalar, .scalar): .scalar
        case (.list(let left), .list(let right)): .list(of: left.joined(right))
        case (.object(let left), .object(let right)):
            if left.members.isEmpty {
                other
            } else if right.members.isEmpty {
                self
            } else {
                .object(of: left.members.merging(right.members) { $0.joined($1) })
            }
        default: .unknown
        }
    }

    /// The shape of a constant; of one with more values than `room` only the outside is known.
    init(_ constant: JSONValue, room: inout Int) {
        room -= 1
        guard room > 0 else {
            self = .unknown
            return
        }
        switch constant {
        case .array(let elements):
            var element: Shape?
            for value in elements {
                let shape = Shape(value, room: &room)
                element = element?.joined(shape) ?? shape
            }
            self = .list(of: element ?? .unknown)
        case .object(let object):
            var members: [String: Shape] = [:]
            for (key, value) in object { members[key] = Shape(value, room: &room) }
            self = .object(of: members)
        default: self = .scalar
        }
    }
}
