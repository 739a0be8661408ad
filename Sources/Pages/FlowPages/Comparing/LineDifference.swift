/// How one text becomes another, by lines.
struct LineDifference: Sendable {
    enum Kind: Sendable { case kept, removed, added }

    struct Line: Sendable, Equatable {
        let kind: Kind
        /// From 1; nil where the line is not.
        let old: Int?
        let new: Int?
        let text: Substring
    }

    /// What differs between the parts that are the same in front and behind: beyond so many lines the old
    /// ones are shown as removed and the new ones as added, since finding the shortest way takes the square.
    static let comparedMax = 2_000

    let lines: [Line]

    var isEmpty: Bool { lines.allSatisfy { $0.kind == .kept } }
    var addedCount: Int { lines.count { $0.kind == .added } }
    var removedCount: Int { lines.count { $0.kind == .removed } }

    init(from oldText: String, to newText: String) {
        let (old, new) = (SourceLines.of(oldText), SourceLines.of(newText))
        var front = 0
        while front < min(old.count, new.count), old[front] == new[front] { front += 1 }
        var back = 0
        while back < min(old.count, new.count) - front,
            old[old.count - 1 - back] == new[new.count - 1 - back]
        { back += 1 }
        let (oldRest, newRest) = (old[front..<(old.count - back)], new[front..<(new.count - back)])
        var gone = Set(oldRest.indices)
        var come = Set(newRest.indices)
        if oldRest.count + newRest.count <= Self.comparedMax {
            gone = []
            come = []
            for change in Array(newRest).difference(from: Array(oldRest)) {
                switch change {
                case .remove(let offset, _, _): gone.insert(front + offset)
                case .insert(let offset, _, _): come.insert(front + offset)
                }
            }
        }
        lines = Self.merged(old, new, gone, come)
    }

    private static func merged(
        _ old: [Substring], _ new: [Substring], _ gone: Set<Int>, _ come: Set<Int>
    ) -> [Line] {
        var lines: [Line] = []
        var (here, there) = (0, 0)
        while here < old.count || there < new.count {
            if here < old.count, gone.contains(here) {
                lines.append(Line(kind: .removed, old: here + 1, new: nil, text: old[here]))
                here += 1
            } else if there < new.count, come.contains(there) {
                lines.append(Line(kind: .added, old: nil, new: there + 1, text: new[there]))
                there += 1
            } else {
                lines.append(Line(kind: .kept, old: here + 1, new: there + 1, text: new[there]))
                here += 1
                there += 1
            }
        }
        return lines
    }

    /// Changed lines with some around them; a number stands for so many that are left out.
    enum Part: Sendable, Equatable {
        case line(Line)
        case skipped(Int)
    }

    func parts(around: Int = 3) -> [Part] {
        var isNear = [Bool](repeating: false, count: lines.count)
        for (index, line) in lines.enumerated() where line.kind != .kept {
            for near in max(0, index - around)...min(lines.count - 1, index + around) { isNear[near] = true }
        }
        var parts: [Part] = []
        var skipped = 0
        for (index, line) in lines.enumerated() {
            if isNear[index] {
                if skipped > 0 { parts.append(.skipped(skipped)) }
                skipped = 0
                parts.append(.line(line))
            } else {
                skipped += 1
            }
        }
        if skipped > 0 { parts.append(.skipped(skipped)) }
        return parts
    }
}
