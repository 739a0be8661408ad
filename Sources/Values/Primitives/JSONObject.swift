/// The members of a JSON object, sorted by the UTF-8 bytes of their keys.
///
/// Sorted, because the engine's documents are written with keys in that order (Source: fdl §3.3) and because
/// equality, lookup and merge are then cheap without hashing.
package struct JSONObject: Sendable, Hashable {
    package typealias Member = (key: String, value: JSONValue)

    private(set) var keys: [String]
    private(set) var values: [JSONValue]

    package init() {
        keys = []
        values = []
    }

    /// A later member replaces an earlier one of the same key.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (key, value) in members { self[key] = value }
    }

    /// Members in any order; throws the first key that stands twice.
    init(parsed keys: consuming [String], _ values: consuming [JSONValue]) throws(DuplicateKey) {
        if !Self.isSorted(keys) {
            let order = keys.indices.sorted { keys[$0].utf8Precedes(keys[$1]) }
            let (found, foundValues) = (keys, values)
            keys = order.map { found[$0] }
            values = order.map { foundValues[$0] }
            for index in keys.indices.dropFirst() where keys[index].utf8Equals(keys[index - 1]) {
                throw DuplicateKey(key: keys[index])
            }
        }
        self.keys = keys
        self.values = values
    }

    struct DuplicateKey: Error { let key: String }

    private static func isSorted(_ keys: [String]) -> Bool {
        for index in keys.indices.dropFirst() where !keys[index - 1].utf8Precedes(keys[index]) {
            return false
        }
        return true
    }

    /// - Parameter keys: sorted by their bytes, each once.
    package init(sorted keys: [String], _ values: [JSONValue]) {
        self.keys = keys
        self.values = values
    }

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }

    package subscript(key: String) -> JSONValue? {
        get {
            let (index, found) = position(of: key)
            // JSONValue is itself made from nil: without the types spelled out a missing member would be
            // null.
            return found ? .some(values[index]) : .none
        }
        set {
            let (index, found) = position(of: key)
            switch (found, newValue) {
            case (true, .some(let value)): values[index] = value
            case (true, .none):
                keys.remove(at: index)
                values.remove(at: index)
            case (false, .some(let value)):
                keys.insert(key, at: index)
                values.insert(value, at: index)
            case (false, .none): break
            }
        }
    }

    private func position(of key: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].utf8Precedes(key) { low = middle + 1 } else { high = middle }
        }
        return (low, low < keys.count && keys[low].utf8Equals(key))
    }

    /// The shallow merge: members of `other` replace members of the same key. Source: fdl §3.2, `⊕`.
    package func merging(_ other: JSONObject) -> JSONObject {
        if other.isEmpty { return self }
        if isEmpty { return other }
        var merged = self
        for (key, value) in other { merged[key] = value }
        return merged
    }
}

extension JSONObject: Sequence {
    package struct Iterator: IteratorProtocol {
        private let object: JSONObject
        private var index = 0

        init(_ object: JSONObject) { self.object = object }

        package mutating func next() -> Member? {
            guard index < object.keys.count else { return nil }
            defer { index += 1 }
            return (object.keys[index], object.values[index])
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension String {
    /// Order by bytes. Swift's own `<` and `==` treat canonically equivalent texts as one, which JSON does
    /// not.
    package func utf8Precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    package func utf8Equals(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
