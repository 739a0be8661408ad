/// What a page says of a step in its picture.
package struct StepMark: Sendable, Hashable {
    /// Words for the style sheet, parted by blanks; the console knows those of its badges (`good`, `bad`,
    /// `wait`, `run`, `still`), `dim` and `chosen`.
    package var classes: String
    /// A few words on the step's lower edge, e.g. `2 attempts · 1.2 s`.
    package var note: String?
    /// Where a click on the step leads: a place of this site, which begins with `/`, `?` or `#`.
    package var link: String?

    package init(_ classes: String = "", note: String? = nil, link: String? = nil) {
        self.classes = classes
        self.note = note
        self.link = link
    }

    /// Nothing that leads elsewhere, or that a browser would run.
    var ownLink: String? {
        guard let link else { return nil }
        let isOwn = link.hasPrefix("?") || link.hasPrefix("#") || link.hasPrefix("/") && !link.hasPrefix("//")
        return isOwn ? link : nil
    }
}
