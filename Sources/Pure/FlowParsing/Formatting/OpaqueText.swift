import Yams

/// The places of a text where `#` begins no comment: quoted texts, and those behind `|` or `>`.
struct OpaqueText {
    /// By line, from 1; columns from 1.
    private var ranges: [Int: [ClosedRange<Int>]] = [:]

    func covers(_ line: Int, _ column: Int) -> Bool {
        ranges[line]?.contains { $0.contains(column) } ?? false
    }

    /// - Parameter entryColumn: of the key or the dash the scalar belongs to.
    mutating func cover(_ scalar: Node.Scalar, _ source: PlainLines, entryColumn: Int) {
        guard let mark = scalar.mark else { return }
        switch scalar.style {
        case .doubleQuoted, .singleQuoted: quoted(source, mark.line, mark.column)
        case .literal, .folded: literal(source, mark.line, mark.column, entryColumn)
        default: break
        }
    }

    private mutating func add(_ line: Int, _ range: ClosedRange<Int>) {
        ranges[line, default: []].append(range)
    }

    private mutating func quoted(_ source: PlainLines, _ line: Int, _ column: Int) {
        var (line, column) = (line, column)
        // An anchor or a tag may stand in front.
        while line <= source.lines.count, source[line, column] != "\"", source[line, column] != "'" {
            column += 1
            if column > source.lines[line - 1].count { (line, column) = (line + 1, 1) }
        }
        guard let quote = source[line, column] else { return }
        var start = column
        column += 1
        while line <= source.lines.count {
            guard let scalar = source[line, column] else {
                add(line, start...max(start, column))
                (line, column, start) = (line + 1, 1, 1)
                continue
            }
            if scalar == "\\", quote == "\"" {
                column += 2
            } else if scalar == quote {
                if quote == "'", source[line, column + 1] == "'" {
                    column += 2
                } else {
                    return add(line, start...column)
                }
            } else {
                column += 1
            }
        }
    }

    private mutating func literal(_ source: PlainLines, _ line: Int, _ column: Int, _ entryColumn: Int) {
        var header = line
        var place = column
        while header <= source.lines.count, source[header, place] != "|", source[header, place] != ">" {
            place += 1
            if place > source.lines[header - 1].count { (header, place) = (header + 1, 1) }
        }
        var last = header
        var body = header + 1
        while body <= source.lines.count {
            let scalars = source.lines[body - 1]
            let indent = scalars.prefix { $0 == " " }.count
            if indent < scalars.count {
                guard indent >= entryColumn else { break }
                last = body
            }
            body += 1
        }
        guard last > header else { return }
        for line in (header + 1)...last { add(line, 1...max(1, source.lines[line - 1].count)) }
    }
}
