import FlowModel
import Primitives

/// The rows of a time line: which nodes are shown, how deep, and what is folded.
struct TimelineRows {
    enum Row {
        case node(Int, depth: Int)
        /// Iterations that are not shown, by their states.
        case folded(in: Int, depth: Int, counts: [(StoryState, Int)])
        /// The page would become too long.
        case cut(count: Int)
    }

    /// Branches or iterations of a step that are all shown.
    static let childrenMax = 8
    static let rowsMax = 160

    private let story: ExecutionStory
    /// The step whose iterations are all shown, by its event.
    private let unfolded: Int64?
    private(set) var rows: [Row] = []
    private var left = 0

    init(_ story: ExecutionStory, unfolded: Int64?) {
        self.story = story
        self.unfolded = unfolded
        guard let whole = story.nodes.first else { return }
        for child in whole.children { add(child, depth: 0) }
        if left > 0 { rows.append(.cut(count: left)) }
    }

    private mutating func add(_ index: Int, depth: Int) {
        guard rows.count < Self.rowsMax else {
            left += 1
            return
        }
        rows.append(.node(index, depth: depth))
        let node = story.nodes[index]
        guard node.children.count > Self.childrenMax, story.nodes[node.children[0]].kind != .step,
            node.eventID != unfolded
        else {
            for child in node.children { add(child, depth: depth + 1) }
            return
        }
        let shown = chosen(of: node.children)
        for child in shown { add(child, depth: depth + 1) }
        var counts: [StoryState: Int] = [:]
        let hidden = Set(shown)
        for child in node.children where !hidden.contains(child) {
            counts[story.nodes[child].state, default: 0] += 1
        }
        let order = StoryState.allCases
        rows.append(
            .folded(
                in: index, depth: depth + 1,
                counts: order.compactMap { state in counts[state].map { (state, $0) } }))
    }

    /// Those that went wrong or are on their way; the first ones where there are not so many.
    private func chosen(of children: [Int]) -> [Int] {
        let telling = children.filter { child in
            switch story.nodes[child].state {
            case .failed, .retrying, .running, .waiting, .caught: true
            default: false
            }
        }
        let some = telling.prefix(Self.childrenMax)
        let rest = children.filter { !some.contains($0) }.prefix(max(0, 3 - some.count))
        return (some + rest).sorted()
    }
}
