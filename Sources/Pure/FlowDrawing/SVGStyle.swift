/// Colours and fonts of the pictures.
enum SVGStyle {
    static var text: String { "\(arrowHeads("flow"))\n<style>\n\(rules)\n</style>" }

    /// One for each tone of wires, named after the picture.
    static func arrowHeads(_ picture: String) -> String {
        let heads = [PictureWire.Tone.plain, .jump, .caught].map { tone in
            "<marker id=\"\(picture)-\(tone.rawValue)\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" "
                + "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                + "<path class=\"tip \(tone.rawValue)\" d=\"M0.5 0.8 L9.5 5 L0.5 9.2 z\"/></marker>"
        }
        return "<defs>\(heads.joined())</defs>"
    }

    private static let rules = """
        .paper { fill: #fbfcfe }
        text { font-family: "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif }
        text { fill: #1f2733 }
        .title { font-size: 15px; font-weight: 600 }
        .name { font-size: 13.5px; font-weight: 600; text-anchor: middle }
        .note { font-size: 11px; fill: #5f6b7a; text-anchor: middle }
        .condition { font-size: 11px; fill: #7a5200; text-anchor: middle }
        .label { font-size: 10px }
        .label.caught { fill: #c5362b }
        .step rect, .step polygon { fill: #fff; stroke: #8793a3; stroke-width: 1.4 }
        .step.task rect { fill: #eaf1fe; stroke: #3f74d1 }
        .step.pass rect { fill: #f3f5f8 }
        .step.wait rect { fill: #f1ecfc; stroke: #7048c6 }
        .step.choice polygon { fill: #fff6de; stroke: #c08a1a }
        .step.parallel rect, .step.foreach rect { fill: #e4f5f4; stroke: #1f8a85 }
        .step.succeed rect { fill: #e5f5ea; stroke: #25864a }
        .step.fail rect { fill: #fdebe9; stroke: #c5362b }
        .group rect { fill: #f4fbfa; stroke: #1f8a85; stroke-width: 1.2; stroke-dasharray: 5 4 }
        .chip rect { fill: #fffaf0; stroke: #e0bd74; stroke-width: 1 }
        .wire { fill: none; stroke: #5f6b7a; stroke-width: 1.5 }
        .wire.jump { stroke: #7048c6 }
        .wire.caught { stroke: #c5362b; stroke-dasharray: 5 3 }
        .tip { fill: #5f6b7a }
        .tip.jump { fill: #7048c6 }
        .tip.caught { fill: #c5362b }
        .start { fill: #1f2733 }
        .end { fill: #fbfcfe; stroke: #1f2733; stroke-width: 1.5 }
        .thread { fill: #fbfcfe; stroke: #5f6b7a; stroke-width: 1.5 }
        """
}

/// A line with right angles, its corners rounded.
enum RoundedPath {
    private static let radius = 7.0

    static func text(_ points: [Point]) -> String {
        let points = points.enumerated().filter { $0 == 0 || points[$0 - 1] != $1 }.map(\.element)
        guard let first = points.first, let last = points.last else { return "" }
        var path = "M\(place(first))"
        for index in points.indices.dropFirst().dropLast() {
            let (before, corner, after) = (points[index - 1], points[index], points[index + 1])
            let room = min(distance(before, corner), distance(corner, after)) / 2
            let reach = min(radius, room)
            path += " L\(place(toward(before, from: corner, reach)))"
            path += " Q\(place(corner)) \(place(toward(after, from: corner, reach)))"
        }
        return path + " L\(place(last))"
    }

    private static func distance(_ one: Point, _ other: Point) -> Double {
        abs(one.x - other.x) + abs(one.y - other.y)
    }

    private static func toward(_ goal: Point, from start: Point, _ reach: Double) -> Point {
        let length = distance(start, goal)
        guard length > 0 else { return start }
        return start.moved((goal.x - start.x) / length * reach, (goal.y - start.y) / length * reach)
    }

    private static func place(_ point: Point) -> String {
        "\(SVGText.number(point.x)) \(SVGText.number(point.y))"
    }
}
