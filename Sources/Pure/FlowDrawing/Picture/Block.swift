/// A part of a picture that has been laid out: a step with all that is in it, or a list of steps.
struct Block {
    var items: [PictureItem] = []
    var width: Double
    var height: Double
    /// Where the way in comes from above and the way on leaves below.
    var axis: Double
    /// False: nothing goes on below, as after a fail.
    var isOpen = true
    /// Where a jump to this step comes in from the right and from the left.
    var rightEntry = Point(x: 0, y: 0)
    var leftEntry = Point(x: 0, y: 0)
    /// Jumps to siblings of this step, which the list around it must draw.
    var jumps: [Jump] = []
    /// How far labels of jumps reach out to the right.
    var labelReach: Double = 0

    func items(at origin: Point) -> [PictureItem] { items.map { $0.moved(origin.x, origin.y) } }
}

/// A goto or a catch on its way out of a step.
struct Jump {
    let target: JumpTarget
    let tone: PictureWire.Tone
    var label = ""
    /// The way to the ports, drawn with the jump.
    var trail: [Point] = []
    /// Where a lane on the right takes it up; the left one is at the same height.
    var right: Point
    var left: Point

    func moved(_ dx: Double, _ dy: Double) -> Jump {
        var jump = self
        jump.trail = trail.map { $0.moved(dx, dy) }
        jump.right = right.moved(dx, dy)
        jump.left = left.moved(dx, dy)
        return jump
    }
}

enum JumpTarget: Hashable {
    case step(String)
    /// The end of the list itself, from `end: true` in the middle of a branch of a choice.
    case listEnd
}
