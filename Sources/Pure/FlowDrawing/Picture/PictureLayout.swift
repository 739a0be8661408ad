import FlowDefinition

/// Lays a flow out from above to below: lists are columns, the branches of a step stand side by side.
///
/// Jumps run in lanes beside the list whose steps they connect, forward on the right, backward on the left.
struct PictureLayout {
    static let stepGap = 34.0
    static let columnGap = 26.0
    static let laneGap = 16.0
    static let groupPadding = 18.0
    static let margin = 24.0

    /// What the end of a list means.
    enum Ending {
        /// Of the execution, or of a thread: each step that ends the list gets a dot.
        case dot(PictureItem.Dot)
        /// Of a choice's branch, which goes on below.
        case open
    }

    func picture(of definition: FlowDefinition) -> Block {
        let body = list(definition.steps, ending: .dot(.end))
        let start = Point(x: Self.margin + body.axis, y: Self.margin + 8)
        let top = start.y + 8 + Self.stepGap
        var picture = Block(
            width: body.width + 2 * Self.margin, height: top + body.height + Self.margin, axis: 0)
        picture.items = body.items(at: Point(x: Self.margin, y: top))
        picture.items.append(
            .wire(PictureWire(tone: .plain, points: [start.moved(0, 8), Point(x: start.x, y: top)])))
        picture.items.append(.dot(.start, start))
        return picture
    }

    /// - Parameter next: the step behind it in its list, which a goto reaches without a lane.
    func block(_ step: Step, before next: String?) -> Block {
        switch step.body {
        case .choice(let choice): self.choice(choice, step, before: next)
        case .parallel(let parallel): group(parallel.branches, step)
        case .foreach(let foreach): group([foreach.steps], step)
        case .task(let task): self.task(task, step)
        case .fail:
            {
                var block = node(step)
                block.isOpen = false
                return block
            }()
        case .pass, .wait, .succeed: node(step)
        }
    }

    func node(_ step: Step, minHeight: Double = 0) -> Block {
        let caption = StepCaption(step)
        let widest = max(
            TextWidth.of(step.name, size: 13.5), TextWidth.of(caption.kind, size: 11),
            TextWidth.of(caption.subject, size: 11))
        let slant = step.body.typeName == "choice" ? 36.0 : 0
        let width = min(max(widest + 34, 120), 380) + slant
        let height = max(caption.subject.isEmpty ? 44 : 60, minHeight)
        let frame = Frame(x: 0, y: 0, width: width, height: height)
        let box = PictureBox(name: step.name, type: step.body.typeName, caption: caption, frame: frame)
        var block = Block(width: width, height: height, axis: width / 2)
        block.items = [.box(box)]
        block.rightEntry = Point(x: width, y: 12)
        block.leftEntry = Point(x: 0, y: 12)
        return block
    }

    private func task(_ task: TaskStep, _ step: Step) -> Block {
        var block = node(step, minHeight: 30 + 20 * Double(max(task.catches.count, 1)))
        for (index, clause) in task.catches.enumerated() {
            let y = block.height - 14 - 20 * Double(task.catches.count - 1 - index)
            let label = FlowWire.Kind.caught(clause.errors).label
            block.jumps.append(
                Jump(
                    target: .step(clause.goto), tone: .caught, label: label,
                    right: Point(x: block.width, y: y), left: Point(x: 0, y: y)))
            block.labelReach = max(block.labelReach, TextWidth.of(label, size: 10) + 16)
        }
        return block
    }
}
