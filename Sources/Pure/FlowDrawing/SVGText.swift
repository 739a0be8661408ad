package import FlowDefinition

/// A flow as a picture in SVG that needs nothing but itself.
package enum SVGText {
    package static func render(_ definition: FlowDefinition, title: String) -> String {
        let picture = PictureLayout().picture(of: definition)
        let titleHeight = 30.0
        let width = max(picture.width, TextWidth.of(title, size: 15) + 2 * PictureLayout.margin)
        let height = picture.height + titleHeight
        let shift = (width - picture.width) / 2
        // Wires first, so that no line runs over a text.
        let items = picture.items.map { $0.moved(shift, titleHeight) }
        let layers = [
            items.filter(isGroup), items.filter(isWire), items.filter { !isGroup($0) && !isWire($0) },
        ]
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
            viewBox="0 0 \(number(width)) \(number(height))" role="img">
            <title>\(escaped(title))</title>
            \(SVGStyle.text)
            <rect class="paper" width="100%" height="100%" rx="12"/>
            <text class="title" x="\(number(PictureLayout.margin))" y="32">\(escaped(title))</text>
            \(layers.joined().map(draw).joined(separator: "\n"))
            \(items.compactMap(label).joined(separator: "\n"))
            </svg>

            """
    }

    private static func isGroup(_ item: PictureItem) -> Bool { if case .group = item { true } else { false } }
    private static func isWire(_ item: PictureItem) -> Bool { if case .wire = item { true } else { false } }

    private static func draw(_ item: PictureItem) -> String {
        switch item {
        case .box(let box): self.box(box)
        case .group(let box): group(box)
        case .wire(let wire): self.wire(wire)
        case .chip(let lines, let full, let frame): chip(lines, full, frame)
        case .dot(let dot, let point): self.dot(dot, point)
        }
    }

    private static func box(_ box: PictureBox) -> String {
        let frame = box.frame
        let shape: String
        switch box.type {
        case "choice":
            let cut = 18.0
            let points = [
                (frame.x, frame.y + frame.height / 2), (frame.x + cut, frame.y), (frame.right - cut, frame.y),
                (frame.right, frame.y + frame.height / 2), (frame.right - cut, frame.bottom),
                (frame.x + cut, frame.bottom),
            ]
            let path = points.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
            shape = "<polygon points=\"\(path)\"/>"
        case "succeed", "fail", "wait": shape = rect(frame, corner: frame.height / 2)
        default: shape = rect(frame, corner: 9)
        }
        let lines = [box.name, box.caption.kind, box.caption.subject].filter { !$0.isEmpty }
        let first = frame.y + frame.height / 2 - 7.5 * Double(lines.count - 1) + 4.5
        let texts = lines.enumerated().map { index, line in
            let kind = index == 0 ? "name" : "note"
            let size = index == 0 ? 13.5 : 11
            let y = number(first + 16 * Double(index))
            return "<text class=\"\(kind)\" x=\"\(number(frame.middle))\" y=\"\(y)\">"
                + "\(escaped(fitted(line, frame.width - 24, size)))</text>"
        }
        let tip = ([box.name] + lines.dropFirst() + box.caption.details).joined(separator: "\n")
        return "<g class=\"step \(box.type)\"><title>\(escaped(tip))</title>\(shape)\(texts.joined())</g>"
    }

    private static func fitted(_ line: String, _ width: Double, _ size: Double) -> String {
        guard TextWidth.of(line, size: size) > width + 4 else { return line }
        var cut = line
        while !cut.isEmpty, TextWidth.of(cut + "…", size: size) > width { cut.removeLast() }
        return cut + "…"
    }

    /// A foreach stands on a second sheet: its inside runs many times.
    private static func group(_ box: PictureBox) -> String {
        let sheet =
            box.type == "foreach" ? "<g class=\"group\">\(rect(box.frame.moved(5, 5), corner: 14))</g>" : ""
        return sheet
            + "<g class=\"group\"><title>\(escaped(box.name))</title>\(rect(box.frame, corner: 14))</g>"
    }

    private static func chip(_ lines: [String], _ full: String, _ frame: Frame) -> String {
        let texts = lines.enumerated().map { index, line in
            "<text class=\"condition\" x=\"\(number(frame.middle))\" "
                + "y=\"\(number(frame.y + 15.5 + 14 * Double(index)))\">\(escaped(line))</text>"
        }
        let corner = min(12, frame.height / 2)
        return
            "<g class=\"chip\"><title>\(escaped(full))</title>\(rect(frame, corner: corner))"
            + "\(texts.joined())</g>"
    }

    private static func dot(_ dot: PictureItem.Dot, _ point: Point) -> String {
        let place = "cx=\"\(number(point.x))\" cy=\"\(number(point.y))\""
        return switch dot {
        case .start: "<circle class=\"start\" \(place) r=\"8\"/>"
        case .end:
            "<circle class=\"end\" \(place) r=\"8\"/><circle class=\"start\" \(place) r=\"4.5\"/>"
        case .threadEnd: "<circle class=\"thread\" \(place) r=\"5\"/>"
        }
    }

    private static func wire(_ wire: PictureWire) -> String {
        let arrow = wire.hasArrow ? " marker-end=\"url(#\(wire.tone.rawValue))\"" : ""
        return "<path class=\"wire \(wire.tone.rawValue)\" d=\"\(RoundedPath.text(wire.points))\"\(arrow)/>"
    }

    private static func label(_ item: PictureItem) -> String? {
        guard case .wire(let wire) = item, let place = wire.labelPlace else { return nil }
        return
            "<text class=\"label \(wire.tone.rawValue)\" x=\"\(number(place.x))\" y=\"\(number(place.y))\">"
            + "\(escaped(wire.label))</text>"
    }

    private static func rect(_ frame: Frame, corner: Double) -> String {
        "<rect x=\"\(number(frame.x))\" y=\"\(number(frame.y))\" width=\"\(number(frame.width))\" "
            + "height=\"\(number(frame.height))\" rx=\"\(number(corner))\"/>"
    }

    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }

    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            // XML knows no other control characters, not even escaped.
            default: result.append(scalar.value < 0x20 ? " " : scalar)
            }
        }
        return String(result)
    }
}
