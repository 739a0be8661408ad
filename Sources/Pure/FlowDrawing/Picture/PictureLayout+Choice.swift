import FlowDefinition

extension PictureLayout {
    private static let rowGap = 14.0

    /// A branch of a choice as a column.
    private struct Way {
        let title: String
        let steps: [Step]
        let goto: String?
        /// False for the way that the text does not name.
        var isWritten = true
    }

    func choice(_ choice: ChoiceStep, _ step: Step, before next: String?) -> Block {
        var ways = choice.branches.map { Way(title: $0.condition.text, steps: $0.steps, goto: $0.goto) }
        if let otherwise = choice.otherwise {
            ways.append(Way(title: "default", steps: otherwise.steps, goto: otherwise.goto))
        } else {
            ways.append(Way(title: "no condition holds", steps: [], goto: nil, isWritten: false))
        }
        let columns = ways.map(column)
        var fan = Fan(head: node(step), columns: columns, gap: Self.columnGap)
        let targets = gotos(ways, columns, before: step.end ? nil : next)
        fan.branchOut(rowGap: Self.rowGap)
        let bottom = fan.bottom
        var block = fan.block
        block.isOpen = false
        for (index, way) in ways.enumerated() where columns[index].isOpen {
            let foot = fan.foot(index)
            if let goto = way.goto, let row = targets.firstIndex(of: goto) {
                let y = bottom + Self.rowGap * Double(row + 1)
                let port = Point(x: foot.x, y: y)
                block.jumps.append(
                    Jump(target: .step(goto), tone: .jump, trail: [foot], right: port, left: port))
            } else {
                let y = bottom + Self.rowGap * Double(targets.count + 1)
                let points = [foot, Point(x: foot.x, y: y), Point(x: block.axis, y: y)]
                block.items.append(.wire(PictureWire(tone: .plain, points: points, hasArrow: false)))
                block.isOpen = true
            }
        }
        block.height =
            bottom + Self.rowGap * Double(targets.count + (block.isOpen ? 1 : 0)) + (block.isOpen ? 0 : 4)
        return block
    }

    /// The targets that need a row of their own below the branches; the step right behind needs none.
    private func gotos(_ ways: [Way], _ columns: [Block], before next: String?) -> [String] {
        var targets: [String] = []
        for (way, column) in zip(ways, columns) where column.isOpen {
            if let goto = way.goto, goto != next, !targets.contains(goto) { targets.append(goto) }
        }
        return targets
    }

    private func column(_ way: Way) -> Block {
        let lines = TextWidth.lines(way.title, max: 30, count: 3)
        let width = (lines.map { TextWidth.of($0, size: 11) }.max() ?? 0) + 22
        let height = 10 + 14 * Double(lines.count)
        let body = list(way.steps, ending: .open)
        let axis = max(width / 2, body.axis)
        let reach = max(width / 2, body.width - body.axis)
        var block = Block(width: axis + reach, height: height, axis: axis, isOpen: body.isOpen)
        let frame = Frame(x: axis - width / 2, y: 0, width: width, height: height)
        block.items = [.chip(lines: lines, full: way.title, frame)]
        guard !way.steps.isEmpty else { return block }
        let top = height + Self.stepGap * 0.7
        block.items.append(
            .wire(PictureWire(tone: .plain, points: [Point(x: axis, y: height), Point(x: axis, y: top)])))
        block.items += body.items(at: Point(x: axis - body.axis, y: top))
        block.height = top + body.height
        return block
    }
}
