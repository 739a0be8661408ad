import Primitives

/// What a verb found out, in a shape that every form of output can be made of.
struct Report: Sendable {
    /// A part of what people see.
    enum Block: Sendable {
        case fields([Field])
        case table(Table)
        case heading(String)
        case text(String)
    }

    struct Field: Sendable {
        let label: String
        let value: Cell

        init(_ label: String, _ value: Cell) {
            self.label = label
            self.value = value
        }

        init(_ label: String, _ value: String) { self.init(label, Cell(value)) }
    }

    let json: JSONValue
    let names: [String]
    var blocks: [Block]
}

/// Rows under titles.
struct Table: Sendable {
    struct Column: Sendable, ExpressibleByStringLiteral {
        let title: String
        var isNumber = false
        /// Gives way when the terminal is narrow.
        var isElastic = false

        init(_ title: String, isNumber: Bool = false, isElastic: Bool = false) {
            self.title = title
            self.isNumber = isNumber
            self.isElastic = isElastic
        }

        init(stringLiteral title: String) { self.init(title) }
    }

    let columns: [Column]
    let rows: [[Cell]]
    /// Said instead of a table without rows.
    var empty = "none"
}

/// A text and what it means to whom reads it.
struct Cell: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    enum Tone: Sendable {
        case plain, good, bad, warning, faint
    }

    let text: String
    let tone: Tone

    init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }

    init(stringLiteral text: String) { self.init(text) }

    /// A state of an execution, an order, a payment or a service.
    init(state: String) { self.init(state, Self.tone(of: state)) }

    private static func tone(of state: String) -> Tone {
        switch state {
        case "Succeeded", "completed", "confirmed", "charged", "paid", "serving": .good
        case "Failed", "TimedOut", "failed", "refundDue", "unreachable", "denied": .bad
        case "Stopped", "canceled", "voided", "waitingToRetry", "draining", "starting": .warning
        default: .plain
        }
    }
}
