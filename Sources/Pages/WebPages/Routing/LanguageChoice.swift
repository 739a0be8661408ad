import HTTPMessage

/// Remembers the language that a reader chose.
enum LanguageChoice {
    /// Units: seconds. A year.
    private static let age = 31_536_000

    static let route = PageRoute.post("/language") { request in
        let language = Language(rawValue: request.field("language")) ?? request.language
        return .seeOther(
            OwnPlace.checked(request.field("back")),
            cookies: [SetCookie(Language.cookie, language.rawValue, maxAge: age)])
    }
}

/// A place of this site that came with a request, to go back to.
package enum OwnPlace {
    /// `/` for anything that could lead elsewhere.
    package static func checked(_ place: String) -> String {
        let isOwn =
            place.hasPrefix("/") && !place.hasPrefix("//") && !place.contains("\\")
            && place.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isOwn ? place : "/"
    }
}
