import FlowDefinition

extension PictureLayout {
    func list(_ steps: [Step], ending: Ending) -> Block {
        guard !steps.isEmpty else { return empty(ending) }
        var column = Column(
            steps.enumerated().map { index, step in
                block(step, before: index + 1 < steps.count ? steps[index + 1].name : nil)
            })
        for (index, step) in steps.enumerated() {
            column.place(index, step, ending, isLast: index == steps.count - 1)
        }
        return column.drawn(steps.map(\.name))
    }

    private func empty(_ ending: Ending) -> Block {
        guard case .dot(let dot) = ending else { return Block(width: 24, height: 0, axis: 12) }
        var block = Block(width: 24, height: 16, axis: 12, isOpen: false)
        block.items = [.dot(dot, Point(x: 12, y: 8))]
        return block
    }
}

/// A list while it is laid out.
private struct Column {
    private let blocks: [Block]
    private let axis: Double
    private let right: Double
    private var tops: [Double] = []
    private var height = 0.0
    private var items: [PictureItem] = []
    private var jumps: [Jump] = []
    private var isOpen = false

    init(_ blocks: [Block]) {
        self.blocks = blocks
        axis = blocks.map(\.axis).max() ?? 0
        let axis = axis
        right = blocks.map { axis - $0.axis + $0.width + $0.labelReach }.max() ?? 0
    }

    /// Puts a block below what is there, with what follows it.
    mutating func place(_ index: Int, _ step: Step, _ ending: PictureLayout.Ending, isLast: Bool) {
        let block = blocks[index]
        let origin = Point(x: axis - block.axis, y: height)
        tops.append(height)
        items += block.items(at: origin)
        jumps += block.jumps.map { $0.moved(origin.x, origin.y) }
        height += block.height
        guard block.isOpen else {
            if !isLast { height += PictureLayout.stepGap * 0.8 }
            return
        }
        let foot = Point(x: axis, y: height)
        let ends = step.end || step.body == .succeed
        switch (ending, ends || isLast) {
        case (.dot(let dot), true):
            items.append(.wire(PictureWire(tone: .plain, points: [foot, foot.moved(0, 18)])))
            items.append(.dot(dot, foot.moved(0, 26)))
            height += 34 + (isLast ? 0 : PictureLayout.stepGap * 0.8)
        case (.open, true) where isLast: isOpen = true
        case (.open, true):
            let port = foot.moved(0, 10)
            jumps.append(Jump(target: .listEnd, tone: .jump, trail: [foot], right: port, left: port))
            isOpen = true
            height += PictureLayout.stepGap
        case (_, false):
            height += PictureLayout.stepGap
            items.append(.wire(PictureWire(tone: .plain, points: [foot, Point(x: axis, y: height)])))
        }
    }

    /// Draws the jumps in their lanes; the reader of definitions has made sure that each has its target here.
    func drawn(_ names: [String]) -> Block {
        var lanes = Lanes(right: right + 12)
        let endsEarly = jumps.contains { $0.target == .listEnd }
        let bottom = height + (endsEarly ? 14 : 0)
        for jump in jumps {
            switch jump.target {
            case .listEnd: lanes.add(jump, to: Point(x: axis, y: bottom), forward: true)
            case .step(let name):
                guard let index = names.firstIndex(of: name) else { continue }
                let origin = Point(x: axis - blocks[index].axis, y: tops[index])
                let forward = origin.y > jump.right.y
                let entry = forward ? blocks[index].rightEntry : blocks[index].leftEntry
                // Catches come in below gotos, so that neither hides the other.
                let lower = jump.tone == .caught ? 12.0 : 0
                lanes.add(jump, to: entry.moved(origin.x, origin.y + lower), forward: forward)
            }
        }
        let routed = lanes.routed()
        var block = Block(width: right + routed.left + routed.right, height: bottom, axis: axis + routed.left)
        block.items = (routed.wires.map(PictureItem.wire) + items).map { $0.moved(routed.left, 0) }
        if endsEarly {
            let foot = Point(x: block.axis, y: height)
            block.items.append(
                .wire(PictureWire(tone: .plain, points: [foot, foot.moved(0, 14)], hasArrow: false)))
        }
        block.isOpen = isOpen
        return block
    }
}
