package import HTMLMarkup

/// A page without what is around it.
package struct Page: Sendable {
    package var face: Face
    package var title: String
    /// The entry of the navigation that it belongs to, by its path.
    package var section: String?
    package var status: Int
    /// Where events come from that make the page's parts new: see `PageScript`.
    package var events: String?
    /// Uses the whole width of the window.
    package var isWide: Bool
    /// Browsers that run no scripts ask for the page again after so many seconds; nil: they do not.
    package var refreshSeconds: Int?
    package var body: HTML

    package init(
        _ face: Face, _ title: String, section: String? = nil, status: Int = 200, events: String? = nil,
        isWide: Bool = false, @HTMLBuilder body: () -> HTML
    ) {
        self.face = face
        self.title = title
        self.section = section
        self.status = status
        self.events = events
        self.isWide = isWide
        self.body = body()
    }
}

/// One of the two faces: what its pages have in common.
package struct Face: Sendable {
    package struct Entry: Sendable {
        package let path: String
        package let label: String
        /// The key that goes there, after `g`.
        package let key: Character?

        package init(_ path: String, _ label: String, key: Character? = nil) {
            self.path = path
            self.label = label
            self.key = key
        }
    }

    /// A word for the style sheet, e.g. `shop`.
    package let word: String
    package let home: String
    package let name: @Sendable (Language) -> String
    package let navigation: @Sendable (Language, Visitor) -> [Entry]
    /// The languages its pages are written in.
    package let languages: [Language]

    package init(
        word: String, home: String, languages: [Language] = Language.allCases,
        name: @escaping @Sendable (Language) -> String,
        navigation: @escaping @Sendable (Language, Visitor) -> [Entry]
    ) {
        self.word = word
        self.home = home
        self.languages = languages
        self.name = name
        self.navigation = navigation
    }
}
