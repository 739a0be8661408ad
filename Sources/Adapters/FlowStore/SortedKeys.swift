/// A sorted set in pieces: adding and removing anywhere costs the length of a piece, and what grows at its
/// end, as times and numbers do, is added at once.
package struct SortedKeys<Key: Comparable & Sendable>: Sendable {
    /// Each sorted and not empty, in order.
    private var pieces: [[Key]] = []
    package private(set) var count = 0
    /// A piece that is longer is cut in two.
    private static var pieceMax: Int { 512 }

    package init() {}

    package var first: Key? { pieces.first?.first }

    /// Does nothing when it is there.
    package mutating func insert(_ key: Key) {
        guard let last = pieces.indices.last else {
            pieces = [[key]]
            count = 1
            return
        }
        let piece = min(firstPiece(endingAtOrAfter: key), last)
        let place = Self.place(of: key, in: pieces[piece])
        if place < pieces[piece].count, pieces[piece][place] == key { return }
        pieces[piece].insert(key, at: place)
        count += 1
        guard pieces[piece].count > Self.pieceMax else { return }
        // At the end a new piece is begun, so that full ones stay full.
        let cut = piece == last && place == pieces[piece].count - 1 ? Self.pieceMax : Self.pieceMax / 2
        pieces.insert(Array(pieces[piece][cut...]), at: piece + 1)
        pieces[piece].removeSubrange(cut...)
    }

    /// Does nothing when it is not there.
    package mutating func remove(_ key: Key) {
        let piece = firstPiece(endingAtOrAfter: key)
        guard piece < pieces.count else { return }
        let place = Self.place(of: key, in: pieces[piece])
        guard place < pieces[piece].count, pieces[piece][place] == key else { return }
        pieces[piece].remove(at: place)
        count -= 1
        if pieces[piece].isEmpty { pieces.remove(at: piece) }
    }

    /// The keys behind `after`, nil for all, in order.
    package func keys(after: Key?, limit: Int) -> [Key] {
        var piece = 0
        var place = 0
        if let after {
            piece = firstPiece(endingAtOrAfter: after)
            guard piece < pieces.count else { return [] }
            place = Self.place(of: after, in: pieces[piece])
            if pieces[piece][place] == after { place += 1 }
        }
        var found: [Key] = []
        while piece < pieces.count, found.count < limit {
            found.append(contentsOf: pieces[piece][place...].prefix(limit - found.count))
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
            let place = Self.place(of: before, in: pieces[piece])
            found.append(contentsOf: pieces[piece][..<place].reversed().prefix(limit))
        }
        while piece > 0, found.count < limit {
            piece -= 1
            found.append(contentsOf: pieces[piece].reversed().prefix(limit - found.count))
        }
        return found
    }

    private func firstPiece(endingAtOrAfter key: Key) -> Int {
        var (low, high) = (0, pieces.count)
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle][pieces[middle].count - 1] < key { low = middle + 1 } else { high = middle }
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
