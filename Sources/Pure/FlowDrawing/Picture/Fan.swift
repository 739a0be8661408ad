/// A head with columns side by side below it.
struct Fan {
    private static let drop = 26.0

    private let head: Block
    private let columns: [Block]
    private var lefts: [Double] = []
    private(set) var block: Block
    private let top: Double

    init(head: Block, columns: [Block], gap: Double) {
        self.head = head
        self.columns = columns
        var x = 0.0
        for column in columns {
            lefts.append(x)
            x += column.width + gap
        }
        let width = max(0, x - gap)
        let axes = zip(lefts, columns).map { $0 + $1.axis }
        let middle = ((axes.first ?? 0) + (axes.last ?? 0)) / 2
        // The head may reach further out than its columns.
        let shift = max(0, head.axis - middle)
        lefts = lefts.map { $0 + shift }
        let axis = middle + shift
        block = Block(
            width: max(width + shift, axis + head.width - head.axis), height: head.height, axis: axis)
        block.items = head.items(at: Point(x: axis - head.axis, y: 0))
        block.rightEntry = head.rightEntry.moved(axis - head.axis, 0)
        block.leftEntry = head.leftEntry.moved(axis - head.axis, 0)
        top = head.height + Self.drop
    }

    var bottom: Double { top + (columns.map(\.height).max() ?? 0) }

    func foot(_ index: Int) -> Point {
        Point(x: lefts[index] + columns[index].axis, y: top + columns[index].height)
    }

    mutating func branchOut(rowGap: Double) {
        let from = Point(x: block.axis, y: head.height)
        for (index, column) in columns.enumerated() {
            let x = lefts[index] + column.axis
            let row = head.height + rowGap * 0.7
            let points = [from, Point(x: from.x, y: row), Point(x: x, y: row), Point(x: x, y: top)]
            block.items.append(.wire(PictureWire(tone: .plain, points: points)))
            block.items += column.items(at: Point(x: lefts[index], y: top))
        }
        block.height = bottom
    }
}
