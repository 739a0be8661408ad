/// One thing in a picture.
enum PictureItem {
    case box(PictureBox)
    /// The frame of a parallel or foreach, with its title.
    case group(PictureBox)
    case wire(PictureWire)
    /// A condition on its branch.
    case chip(lines: [String], full: String, Frame)
    case dot(Dot, Point)

    enum Dot {
        case start
        /// Of the execution.
        case end
        /// Of a branch or an iteration.
        case threadEnd
    }

    func moved(_ dx: Double, _ dy: Double) -> PictureItem {
        switch self {
        case .box(var box):
            box.frame = box.frame.moved(dx, dy)
            return .box(box)
        case .group(var box):
            box.frame = box.frame.moved(dx, dy)
            return .group(box)
        case .wire(var wire):
            wire.points = wire.points.map { $0.moved(dx, dy) }
            wire.labelPlace = wire.labelPlace?.moved(dx, dy)
            return .wire(wire)
        case .chip(let lines, let full, let frame):
            return .chip(lines: lines, full: full, frame.moved(dx, dy))
        case .dot(let dot, let point): return .dot(dot, point.moved(dx, dy))
        }
    }
}

struct PictureBox {
    let name: String
    /// The step's type, for its colours and its shape.
    let type: String
    let caption: StepCaption
    var frame: Frame
}

/// A line with right angles.
struct PictureWire {
    enum Tone: String {
        case plain
        case jump
        case caught
    }

    let tone: Tone
    var points: [Point]
    var hasArrow = true
    var label = ""
    /// The left end of the label's base line.
    var labelPlace: Point?
}
