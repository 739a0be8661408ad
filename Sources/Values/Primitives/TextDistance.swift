extension String {
    /// How many single-character edits lie between two texts; for "did you mean" in error messages.
    package func editDistance(to other: String) -> Int {
        let left = Array(utf8.prefix(256))
        let right = Array(other.utf8.prefix(256))
        var previous = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            for (column, rightByte) in right.enumerated() {
                let substitution = previous[column] + (leftByte == rightByte ? 0 : 1)
                current.append(Swift.min(substitution, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }

    /// The candidates most like this text, nearest first; those with nothing in common are left out.
    package func nearest(in candidates: some Sequence<String>, limit: Int = 3) -> [String] {
        let ranked = candidates.map { (distance: editDistance(to: $0), text: $0) }
            .filter { $0.distance <= max(2, Swift.max(utf8.count, $0.text.utf8.count) / 2) }
            .sorted { ($0.distance, $0.text) < ($1.distance, $1.text) }
        return ranked.prefix(limit).map(\.text)
    }
}
