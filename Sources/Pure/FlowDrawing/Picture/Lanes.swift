/// The lanes beside a list: jumps to the same place share one, others that overlap stand side by side.
struct Lanes {
    private struct Lane {
        let target: Point
        let tone: PictureWire.Tone
        let forward: Bool
        var jumps: [Jump]

        var span: ClosedRange<Double> {
            let ys = jumps.map(\.right.y) + [target.y]
            return (ys.min() ?? 0)...(ys.max() ?? 0)
        }
    }

    /// Where the first lane on the right stands.
    private let right: Double
    private var lanes: [Lane] = []

    init(right: Double) { self.right = right }

    mutating func add(_ jump: Jump, to target: Point, forward: Bool) {
        let index = lanes.firstIndex { $0.target == target && $0.tone == jump.tone && $0.forward == forward }
        if let index {
            lanes[index].jumps.append(jump)
        } else {
            lanes.append(Lane(target: target, tone: jump.tone, forward: forward, jumps: [jump]))
        }
    }

    /// The wires, and how much room they take on both sides.
    func routed() -> (wires: [PictureWire], left: Double, right: Double) {
        var wires: [PictureWire] = []
        let left = route(forward: false, &wires)
        let right = route(forward: true, &wires)
        return (wires, left, right)
    }

    private func route(forward: Bool, _ wires: inout [PictureWire]) -> Double {
        var taken: [[ClosedRange<Double>]] = []
        // Short ones inside: so fewer lines cross.
        let chosen = lanes.filter { $0.forward == forward }.sorted {
            $0.span.upperBound - $0.span.lowerBound < $1.span.upperBound - $1.span.lowerBound
        }
        for lane in chosen {
            let wide = (lane.span.lowerBound - 4)...(lane.span.upperBound + 4)
            let free = taken.firstIndex { $0.allSatisfy { !$0.overlaps(wide) } } ?? taken.count
            if free == taken.count { taken.append([]) }
            taken[free].append(wide)
            let offset = Double(free) * PictureLayout.laneGap
            draw(lane, x: forward ? right + offset : -12 - offset, &wires)
        }
        return taken.isEmpty ? 0 : 12 + Double(taken.count) * PictureLayout.laneGap
    }

    private func draw(_ lane: Lane, x: Double, _ wires: inout [PictureWire]) {
        let far = lane.jumps.map { abs($0.right.y - lane.target.y) }.max() ?? 0
        var hasTrunk = false
        for jump in lane.jumps {
            let port = lane.forward ? jump.right : jump.left
            let turn = Point(x: x, y: port.y)
            var wire = PictureWire(tone: lane.tone, points: jump.trail + [port, turn])
            if !hasTrunk, abs(port.y - lane.target.y) == far {
                wire.points += [Point(x: x, y: lane.target.y), lane.target]
                hasTrunk = true
            } else {
                // Joins the others: drawn twice, a dashed line would look solid.
                wire.points.append(turn.moved(0, lane.target.y > port.y ? 7 : -7))
                wire.hasArrow = false
            }
            wire.label = jump.label
            if !jump.label.isEmpty {
                wire.labelPlace = lane.forward ? port.moved(7, -4) : jump.right.moved(7, -4)
            }
            wires.append(wire)
        }
    }
}
