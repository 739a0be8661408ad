/// Writes the things of a picture as elements of SVG.
struct PicturePainter {
    /// Begins the names of its arrow heads: two pictures on one page must not share them.
    let name: String
    let marks: [String: StepMark]

    func paint(_ items: [PictureItem]) -> String {
        // Wires first, so that no line runs over a text.
        let layers = [
            items.filter(isGroup), items.filter(isWire), items.filter { !isGroup($0) && !isWire($0) },
        ]
        return (layers.joined().map(draw) + items.compactMap(label)).joined(separator: "\n")
    }

    private func isGroup(_ item: PictureItem) -> Bool { if case .group = item { true } else { false } }
    private func isWire(_ item: PictureItem) -> Bool { if case .wire = item { true } else { false } }

    private func draw(_ item: PictureItem) -> String {
        switch item {
        case .box(let box): self.box(box)
        case .group(let box): group(box)
        case .wire(let wire): self.wire(wire)
        case .chip(let lines, let full, let frame): chip(lines, full, frame)
        case .dot(let dot, let point): self.dot(dot, point)
        }
    }

    private func box(_ box: PictureBox) -> String {
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
            let path = points.map { "\(SVGText.number($0.0)),\(SVGText.number($0.1))" }.joined(separator: " ")
            shape = "<polygon points=\"\(path)\"/>"
        case "succeed", "fail", "wait": shape = rect(frame, corner: frame.height / 2)
        default: shape = rect(frame, corner: 9)
        }
        let lines = [box.name, box.caption.kind, box.caption.subject].filter { !$0.isEmpty }
        let first = frame.y + frame.height / 2 - 7.5 * Double(lines.count - 1) + 4.5
        let texts = lines.enumerated().map { index, line in
            let kind = index == 0 ? "name" : "note"
            let size = index == 0 ? 13.5 : 11
            let y = SVGText.number(first + 16 * Double(index))
            return "<text class=\"\(kind)\" x=\"\(SVGText.number(frame.middle))\" y=\"\(y)\">"
                + "\(SVGText.escaped(fitted(line, frame.width - 24, size)))</text>"
        }
        let mark = marks[box.name]
        let tip = [
            [box.name], lines.dropFirst(), box.caption.details[...], [mark?.note].compactMap(\.self)[...],
        ]
        .joined().joined(separator: "\n")
        let step =
            "<g class=\"\(classes("step", box))\" data-step=\"\(SVGText.escaped(box.name))\">"
            + "<title>\(SVGText.escaped(tip))</title>\(shape)\(texts.joined())\(note(mark?.note, frame))</g>"
        return mark?.ownLink.map { "<a href=\"\(SVGText.escaped($0))\">\(step)</a>" } ?? step
    }

    private func classes(_ kind: String, _ box: PictureBox) -> String {
        let own = marks[box.name]?.classes ?? ""
        return SVGText.escaped(own.isEmpty ? "\(kind) \(box.type)" : "\(kind) \(box.type) \(own)")
    }

    /// On the lower edge, so that the picture keeps its measures whatever is said of its steps.
    private func note(_ note: String?, _ frame: Frame) -> String {
        guard let note, !note.isEmpty else { return "" }
        let size = 10.5
        let text = fitted(note, frame.width - 12, size)
        let width = TextWidth.of(text, size: size) + 14
        let pill = Frame(x: frame.right - width - 6, y: frame.bottom - 4, width: width, height: 16)
        return "<g class=\"mark\">\(rect(pill, corner: 8))<text x=\"\(SVGText.number(pill.middle))\" "
            + "y=\"\(SVGText.number(pill.y + 11.7))\">\(SVGText.escaped(text))</text></g>"
    }

    private func fitted(_ line: String, _ width: Double, _ size: Double) -> String {
        guard TextWidth.of(line, size: size) > width + 4 else { return line }
        var cut = line
        while !cut.isEmpty, TextWidth.of(cut + "…", size: size) > width { cut.removeLast() }
        return cut + "…"
    }

    /// A foreach stands on a second sheet: its inside runs many times.
    private func group(_ box: PictureBox) -> String {
        let sheet =
            box.type == "foreach" ? "<g class=\"group\">\(rect(box.frame.moved(5, 5), corner: 14))</g>" : ""
        return sheet
            + "<g class=\"\(classes("group", box))\"><title>\(SVGText.escaped(box.name))</title>"
            + "\(rect(box.frame, corner: 14))</g>"
    }

    private func chip(_ lines: [String], _ full: String, _ frame: Frame) -> String {
        let texts = lines.enumerated().map { index, line in
            "<text class=\"condition\" x=\"\(SVGText.number(frame.middle))\" "
                + "y=\"\(SVGText.number(frame.y + 15.5 + 14 * Double(index)))\">"
                + "\(SVGText.escaped(line))</text>"
        }
        let corner = min(12, frame.height / 2)
        return
            "<g class=\"chip\"><title>\(SVGText.escaped(full))</title>\(rect(frame, corner: corner))"
            + "\(texts.joined())</g>"
    }

    private func dot(_ dot: PictureItem.Dot, _ point: Point) -> String {
        let place = "cx=\"\(SVGText.number(point.x))\" cy=\"\(SVGText.number(point.y))\""
        return switch dot {
        case .start: "<circle class=\"start\" \(place) r=\"8\"/>"
        case .end:
            "<circle class=\"end\" \(place) r=\"8\"/><circle class=\"start\" \(place) r=\"4.5\"/>"
        case .threadEnd: "<circle class=\"thread\" \(place) r=\"5\"/>"
        }
    }

    private func wire(_ wire: PictureWire) -> String {
        let arrow = wire.hasArrow ? " marker-end=\"url(#\(name)-\(wire.tone.rawValue))\"" : ""
        return "<path class=\"wire \(wire.tone.rawValue)\" d=\"\(RoundedPath.text(wire.points))\"\(arrow)/>"
    }

    private func label(_ item: PictureItem) -> String? {
        guard case .wire(let wire) = item, let place = wire.labelPlace else { return nil }
        return
            "<text class=\"label \(wire.tone.rawValue)\" x=\"\(SVGText.number(place.x))\" "
            + "y=\"\(SVGText.number(place.y))\">"
            + "\(SVGText.escaped(wire.label))</text>"
    }

    private func rect(_ frame: Frame, corner: Double) -> String {
        "<rect x=\"\(SVGText.number(frame.x))\" y=\"\(SVGText.number(frame.y))\" "
            + "width=\"\(SVGText.number(frame.width))\" "
            + "height=\"\(SVGText.number(frame.height))\" rx=\"\(SVGText.number(corner))\"/>"
    }
}
