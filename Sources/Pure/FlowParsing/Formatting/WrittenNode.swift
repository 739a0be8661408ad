import Primitives

/// A node as it was written: with its style, its anchor and its place.
struct WrittenNode {
    indirect enum Content {
        case plain(String)
        case quoted(String)
        /// Was written behind `|` or `>`.
        case folded(String)
        case alias(String)
        case list([WrittenEntry])
        case map([WrittenEntry])
    }

    let content: Content
    var anchor: String?
    var tag: String?
    /// Written in brackets or braces.
    var isFlow = false

    var entries: [WrittenEntry] {
        switch content {
        case .list(let entries), .map(let entries): entries
        case .plain, .quoted, .folded, .alias: []
        }
    }

    var isMap: Bool { if case .map = content { true } else { false } }

    var isContainer: Bool {
        switch content {
        case .list, .map: true
        case .plain, .quoted, .folded, .alias: false
        }
    }
}

/// A member of a map or an element of a list.
struct WrittenEntry {
    /// Its number in the order of the text, from 0.
    let id: Int
    /// The entry whose value holds this one; -1 for the document.
    let parent: Int
    /// Of the key, or of the dash.
    let line: Int
    let column: Int
    let isInFlow: Bool
    /// Nil for an element of a list.
    let key: WrittenKey?
    let value: WrittenNode
}

struct WrittenKey {
    let text: String
    let isPlain: Bool
}

/// What stands between the entries.
struct Remarks {
    enum Remark: Equatable {
        case blank
        case comment(String)
    }

    /// In front of an entry.
    var leading: [Int: [Remark]] = [:]
    /// Behind an entry, on its line.
    var trailing: [Int: String] = [:]
    /// Behind the last entry of what this entry's value holds; -1 for the document.
    var closing: [Int: [Remark]] = [:]
    /// All of them as they were found.
    var comments: [String] = []
}
