package import Primitives

/// One place in which two JSON values differ.
package struct JSONChange: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case added, changed, removed, kept
    }

    package let kind: Kind
    /// `price`, `items[2].name`
    package let path: String
    package let before: JSONValue?
    package let after: JSONValue?

    /// The differences in the order of the paths, and what is the same at the top.
    ///
    /// - Parameter countMax: further ones are counted only.
    package static func changes(
        from before: JSONObject, to after: JSONObject, countMax: Int = 200
    ) -> (changes: [JSONChange], more: Int) {
        var all: [JSONChange] = []
        members(before, after, "", &all, isTop: true)
        return (Array(all.prefix(countMax)), max(0, all.count - countMax))
    }

    private static func compare(
        _ before: JSONValue, _ after: JSONValue, _ path: String, _ all: inout [JSONChange]
    ) {
        switch (before, after) {
        case (.object(let before), .object(let after)): members(before, after, path, &all, isTop: false)
        case (.array(let before), .array(let after)): elements(before, after, path, &all)
        default:
            guard before != after else { return }
            all.append(JSONChange(kind: .changed, path: path, before: before, after: after))
        }
    }

    private static func members(
        _ before: JSONObject, _ after: JSONObject, _ path: String, _ all: inout [JSONChange], isTop: Bool
    ) {
        let lead = path.isEmpty ? "" : path + "."
        let keys = before.map(\.key) + after.map(\.key).filter { before[$0] == nil }
        for key in keys.sorted(by: { $0.utf8Precedes($1) }) {
            let place = lead + key
            switch (before[key], after[key]) {
            case (let old?, let new?):
                if old != new {
                    compare(old, new, place, &all)
                } else if isTop {
                    all.append(JSONChange(kind: .kept, path: place, before: old, after: new))
                }
            case (let old?, nil):
                all.append(JSONChange(kind: .removed, path: place, before: old, after: nil))
            case (nil, let new?):
                all.append(JSONChange(kind: .added, path: place, before: nil, after: new))
            case (nil, nil): break
            }
        }
    }

    private static func elements(
        _ before: [JSONValue], _ after: [JSONValue], _ path: String, _ all: inout [JSONChange]
    ) {
        for index in 0..<max(before.count, after.count) {
            let place = "\(path)[\(index)]"
            if index >= after.count {
                all.append(JSONChange(kind: .removed, path: place, before: before[index], after: nil))
            } else if index >= before.count {
                all.append(JSONChange(kind: .added, path: place, before: nil, after: after[index]))
            } else {
                compare(before[index], after[index], place, &all)
            }
        }
    }
}
