/// A place in a picture, in pixels; y grows downwards.
struct Point: Equatable {
    var x: Double
    var y: Double

    func moved(_ dx: Double, _ dy: Double) -> Point { Point(x: x + dx, y: y + dy) }
}

struct Frame: Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }
    var middle: Double { x + width / 2 }

    func moved(_ dx: Double, _ dy: Double) -> Frame {
        Frame(x: x + dx, y: y + dy, width: width, height: height)
    }
}

/// How much room a text takes in a font nobody has measured: rather too much than too little.
enum TextWidth {
    static func of(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) } * size
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", ".", ",", ":", ";", "'", "|", "!", " ", "I", "(", ")", "[", "]": 0.38
        case "f", "r", "t", "/", "-", "\"", "$": 0.46
        case "m", "w", "M", "W", "@", "%": 0.92
        case "A"..."Z", "=", "<", ">", "&", "+", "→": 0.74
        default: scalar.value >= 0x1100 ? 1.05 : 0.62
        }
    }

    /// Lines of at most so many characters, broken at blanks where there are some.
    static func lines(_ text: String, max: Int, count: Int) -> [String] {
        var lines: [String] = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= max {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        lines = lines.map { $0.count > max + 12 ? String($0.prefix(max + 11)) + "…" : $0 }
        guard lines.count > count else { return lines }
        return Array(lines.prefix(count - 1)) + [lines[count - 1] + " …"]
    }
}
