import FlowDefinition

extension PictureLayout {
    /// A parallel or foreach: its branches inside a frame, each ending by itself.
    func group(_ branches: [[Step]], _ step: Step) -> Block {
        let columns = branches.map { list($0, ending: .dot(.threadEnd)) }
        var fan = Fan(head: node(step), columns: columns, gap: Self.columnGap)
        fan.branchOut(rowGap: 14)
        let inner = fan.block
        let padding = Self.groupPadding
        var block = Block(
            width: inner.width + 2 * padding, height: inner.height + 2 * padding, axis: inner.axis + padding)
        let frame = Frame(x: 0, y: 0, width: block.width, height: block.height)
        let box = PictureBox(
            name: step.name, type: step.body.typeName, caption: StepCaption(step), frame: frame)
        let head = Point(x: block.axis, y: 0)
        block.items =
            [
                .group(box),
                .wire(PictureWire(tone: .plain, points: [head, head.moved(0, padding)], hasArrow: false)),
            ] + inner.items(at: Point(x: padding, y: padding))
        block.rightEntry = Point(x: block.width, y: 12)
        block.leftEntry = Point(x: 0, y: 12)
        return block
    }
}
