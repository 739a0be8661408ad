import Glibc

/// The members of a JSON object, sorted by the UTF-8 bytes of their keys.
///
/// Sorted, because the engine's documents are written with keys in that order (Source: fdl §3.3) and because
/// equality, lookup and merge are then cheap without hashing.
package struct JSONObject: Sendable, Hashable {
    package typealias Member = (key: String, value: JSONValue)

    /// One member where it lies: an object is one array, so that handing it on costs one reference.
    struct Place: Sendable, Hashable {
        let key: String
        var value: JSONValue
    }

    private(set) var places: [Place]

    package init() { places = [] }

    /// A later member replaces an earlier one of the same key.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        places.reserveCapacity(members.underestimatedCount)
        for (key, value) in members {
            // Members that come in order are only put behind each other.
            if let last = places.last, !last.key.utf8Precedes(key) {
                self[key] = value
            } else {
                places.append(Place(key: key, value: value))
            }
        }
    }

    /// Members in any order; throws the first key that stands twice.
    init(parsed members: consuming [Place]) throws(DuplicateKey) {
        places = members
        guard !Self.isSorted(places) else { return }
        places.sort { $0.key.utf8Precedes($1.key) }
        for index in places.indices.dropFirst() where places[index].key.utf8Equals(places[index - 1].key) {
            throw DuplicateKey(key: places[index].key)
        }
    }

    struct DuplicateKey: Error { let key: String }

    private static func isSorted(_ places: [Place]) -> Bool {
        for index in places.indices.dropFirst()
        where !places[index - 1].key.utf8Precedes(places[index].key) {
            return false
        }
        return true
    }

    /// - Parameter keys: sorted by their bytes, each once.
    package init(sorted keys: [String], _ values: [JSONValue]) {
        places = zip(keys, values).map { Place(key: $0, value: $1) }
    }

    package var count: Int { places.count }
    package var isEmpty: Bool { places.isEmpty }

    package subscript(key: String) -> JSONValue? {
        get {
            let (index, found) = position(of: key)
            // JSONValue is itself made from nil: without the types spelled out a missing member would be
            // null.
            return found ? .some(places[index].value) : .none
        }
        set {
            let (index, found) = position(of: key)
            switch (found, newValue) {
            case (true, .some(let value)): places[index].value = value
            case (true, .none): places.remove(at: index)
            case (false, .some(let value)): places.insert(Place(key: key, value: value), at: index)
            case (false, .none): break
            }
        }
    }

    private func position(of key: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].key.utf8Precedes(key) { low = middle + 1 } else { high = middle }
        }
        return (low, low < places.count && places[low].key.utf8Equals(key))
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
            guard index < object.places.count else { return nil }
            defer { index += 1 }
            return (object.places[index].key, object.places[index].value)
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
        let (count, otherCount) = (utf8.count, other.utf8.count)
        let order = utf8Order(other, upTo: min(count, otherCount))
        return order < 0 || order == 0 && count < otherCount
    }

    package func utf8Equals(_ other: String) -> Bool {
        let count = utf8.count
        return count == other.utf8.count && utf8Order(other, upTo: count) == 0
    }

    /// Below, at or above 0 as the first `count` bytes stand to those of the other.
    private func utf8Order(_ other: String, upTo count: Int) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { mine in
            other.utf8.withContiguousStorageIfAvailable { others -> Int in
                guard let mine = mine.baseAddress, let others = others.baseAddress else { return 0 }
                return Int(memcmp(mine, others, count))
            }
        }
        if let order, let order { return order }
        // Only of texts that were made by another language.
        for (byte, otherByte) in zip(utf8, other.utf8) where byte != otherByte {
            return byte < otherByte ? -1 : 1
        }
        return 0
    }
}
