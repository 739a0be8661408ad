package import FlowDefinition

/// A flow as a picture in SVG.
package enum SVGText {
    /// A file that needs nothing but itself.
    package static func render(_ definition: FlowDefinition, title: String) -> String {
        let picture = PictureLayout().picture(of: definition)
        let titleHeight = 30.0
        let width = max(picture.width, TextWidth.of(title, size: 15) + 2 * PictureLayout.margin)
        let height = picture.height + titleHeight
        let shift = (width - picture.width) / 2
        let items = picture.items.map { $0.moved(shift, titleHeight) }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
            viewBox="0 0 \(number(width)) \(number(height))" role="img">
            <title>\(escaped(title))</title>
            \(SVGStyle.text)
            <rect class="paper" width="100%" height="100%" rx="12"/>
            <text class="title" x="\(number(PictureLayout.margin))" y="32">\(escaped(title))</text>
            \(PicturePainter(name: "flow", marks: [:]).paint(items))
            </svg>

            """
    }

    /// A part of a page, whose style sheet colours it by its classes: `svg.flow`, `.step`, its type, the
    /// classes of its mark. Holds no style of its own, which a page's content policy would forbid.
    ///
    /// Each step is a `<g data-step="name">`, inside a link where its mark has one.
    /// - Parameter title: read out for the whole; it is not drawn.
    /// - Parameter name: one that no other picture of the page has; letters.
    package static func embedded(
        _ definition: FlowDefinition, title: String, name: String = "flow", marks: [String: StepMark] = [:]
    ) -> String {
        let picture = PictureLayout().picture(of: definition)
        // Links inside an image would not be read out.
        let role = marks.values.contains { $0.ownLink != nil } ? "group" : "img"
        return """
            <svg class="flow" width="\(number(picture.width))" height="\(number(picture.height))" \
            viewBox="0 0 \(number(picture.width)) \(number(picture.height))" role="\(role)" \
            aria-label="\(escaped(title))">\(SVGStyle.arrowHeads(name))
            \(PicturePainter(name: name, marks: marks).paint(picture.items))
            </svg>
            """
    }

    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }

    static func escaped(_ text: String) -> String {
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
