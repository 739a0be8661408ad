/// Values by sorted keys, in pieces: adding and removing anywhere costs the length of a piece, and what grows
/// at its end, as times and numbers do, is added at once. Keys and values lie in arrays of their own, without
/// the half-empty places of a hash table: a million entries take little more than their own size.
package struct SortedMap<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    /// Sorted and not empty.
    private struct Piece {
        var keys: [Key]
        var values: [Value]

        mutating func insert(_ key: Key, _ value: Value, at place: Int) {
            keys.insert(key, at: place)
            values.insert(value, at: place)
        }

        /// Takes away what stands from `cut` on.
        mutating func split(at cut: Int) -> Piece {
            let rest = Piece(keys: Array(keys[cut...]), values: Array(values[cut...]))
            keys.removeSubrange(cut...)
            values.removeSubrange(cut...)
            return rest
        }
    }

    private var pieces: [Piece] = []
    package private(set) var count = 0
    /// A piece that is longer is cut in two.
    private static var pieceMax: Int { 512 }

    package init() {}

    package var first: Key? { pieces.first?.keys.first }

    package func value(_ key: Key) -> Value? {
        position(of: key).map { pieces[$0.piece].values[$0.place] }
    }

    /// Changes the value where it lies; nil when there is none.
    package mutating func change<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let (piece, place) = position(of: key) else { return nil }
        return body(&pieces[piece].values[place])
    }

    /// Replaces the value that is there.
    package mutating func set(_ key: Key, _ value: Value) {
        guard let last = pieces.indices.last else {
            pieces = [Piece(keys: [key], values: [value])]
            count = 1
            return
        }
        let piece = min(firstPiece(endingAtOrAfter: key), last)
        let place = Self.place(of: key, in: pieces[piece].keys)
        if place < pieces[piece].keys.count, pieces[piece].keys[place] == key {
            pieces[piece].values[place] = value
            return
        }
        pieces[piece].insert(key, value, at: place)
        count += 1
        let length = pieces[piece].keys.count
        guard length > Self.pieceMax else { return }
        // At the end a new piece is begun, so that full ones stay full.
        let cut = piece == last && place == length - 1 ? Self.pieceMax : Self.pieceMax / 2
        let rest = pieces[piece].split(at: cut)
        pieces.insert(rest, at: piece + 1)
    }

    @discardableResult
    package mutating func remove(_ key: Key) -> Value? {
        guard let (piece, place) = position(of: key) else { return nil }
        pieces[piece].keys.remove(at: place)
        let removed = pieces[piece].values.remove(at: place)
        count -= 1
        if pieces[piece].keys.isEmpty { pieces.remove(at: piece) }
        return removed
    }

    /// The keys behind `after`, nil for all, in order.
    package func keys(after: Key?, limit: Int) -> [Key] {
        var piece = 0
        var place = 0
        if let after {
            piece = firstPiece(endingAtOrAfter: after)
            guard piece < pieces.count else { return [] }
            place = Self.place(of: after, in: pieces[piece].keys)
            if pieces[piece].keys[place] == after { place += 1 }
        }
        var found: [Key] = []
        while piece < pieces.count, found.count < limit {
            found.append(contentsOf: pieces[piece].keys[place...].prefix(limit - found.count))
            piece += 1
            place = 0
        }
        return found
    }

    /// The keys before `before`, the last first.
    package func keys(before: Key, limit: Int) -> [Key] {
        var piece = firstPiece(endingAtOrAfter: before)
        var found: [Key] = []
        if piece < pieces.count {
            let place = Self.place(of: before, in: pieces[piece].keys)
            found.append(contentsOf: pieces[piece].keys[..<place].reversed().prefix(limit))
        }
        while piece > 0, found.count < limit {
            piece -= 1
            found.append(contentsOf: pieces[piece].keys.reversed().prefix(limit - found.count))
        }
        return found
    }

    private func position(of key: Key) -> (piece: Int, place: Int)? {
        let piece = firstPiece(endingAtOrAfter: key)
        guard piece < pieces.count else { return nil }
        let place = Self.place(of: key, in: pieces[piece].keys)
        guard place < pieces[piece].keys.count, pieces[piece].keys[place] == key else { return nil }
        return (piece, place)
    }

    private func firstPiece(endingAtOrAfter key: Key) -> Int {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            let keys = pieces[middle].keys
            if keys[keys.count - 1] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func place(of key: Key, in piece: [Key]) -> Int {
        var (low, high) = (0, piece.count)
        while low < high {
            let middle = (low + high) / 2
            if piece[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// A sorted set.
package typealias SortedKeys<Key: Comparable & Sendable> = SortedMap<Key, Void>

extension SortedMap where Value == Void {
    /// Does nothing when it is there.
    package mutating func insert(_ key: Key) { set(key, ()) }
}
