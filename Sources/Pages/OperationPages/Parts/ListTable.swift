import HTMLMarkup

/// A table whose rows become cards on a phone, where each cell says the name of its column.
struct ListTable {
    struct Column {
        let title: String
        let isEnd: Bool
        /// Has no name to show, e.g. a column of buttons.
        let isBare: Bool

        init(_ title: String, isEnd: Bool = false, isBare: Bool = false) {
            self.title = title
            self.isEnd = isEnd
            self.isBare = isBare
        }
    }

    /// What the table is, for who does not see it.
    let caption: String
    let columns: [Column]

    /// - Parameter rows: a cell for each column.
    func markup(_ rows: [[HTML]]) -> HTML {
        el("table", .class("list")) {
            el("caption", .class("visually-hidden")) { caption }
            el("thead") {
                el("tr") {
                    for column in columns {
                        el("th", .attribute("scope", "col"), .class(column.isEnd ? "end" : nil)) {
                            column.isBare
                                ? el("span", .class("visually-hidden")) { column.title }
                                : HTML(column.title)
                        }
                    }
                }
            }
            el("tbody") {
                for row in rows {
                    el("tr", .data("row", "")) {
                        for (column, cell) in zip(columns, row) {
                            el(
                                "td",
                                .class(
                                    column.isEnd ? "end" : nil, column.isBare ? "bare" : nil,
                                    cell.isEmpty ? "none" : nil),
                                .data("label", column.isBare ? nil : column.title)
                            ) {
                                // One child: on a phone it stands beside the column's name.
                                if !cell.isEmpty { el("div") { cell } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The ways on from a page of a list: back to its beginning, and the next one.
func pageLinks(first: String?, next: String?) -> HTML {
    if first == nil, next == nil { return HTML() }
    return el("nav", .class("pages"), .aria("label", "Pages")) {
        if let first { el("a", .class("button small"), .href(first)) { "To the newest" } }
        if let next { el("a", .class("button small"), .href(next), .attribute("rel", "next")) { "More" } }
    }
}
