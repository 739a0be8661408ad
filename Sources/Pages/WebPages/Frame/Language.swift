package import HTTPMessage

/// The languages that pages are written in. A text stands in both beside one another where it is used:
/// `language("Pay", "支付")`.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case chinese = "zh"

    package func callAsFunction(_ english: String, _ chinese: String) -> String {
        self == .english ? english : chinese
    }

    /// As the attribute `lang` names it.
    package var tag: String { self == .english ? "en" : "zh-CN" }

    /// What the language calls itself.
    package var ownName: String { self("English", "中文") }

    package static let cookie = "fnf_language"

    /// The one that was chosen, else the one that the browser asks for.
    package static func of(_ head: WebHead) -> Language {
        if let chosen = head.cookie(cookie).flatMap(Language.init(rawValue:)) { return chosen }
        return preferred(head.headers["Accept-Language"] ?? "")
    }

    /// By the qualities of `Accept-Language`; English when neither is named.
    static func preferred(_ accepted: String) -> Language {
        var best = (quality: 0.0, language: Language.english)
        for entry in accepted.split(separator: ",").prefix(20) {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let tag = parts.first else { continue }
            let quality =
                parts.dropFirst().first { $0.hasPrefix("q=") }
                .map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            let language = allCases.first { tag == $0.rawValue || tag.hasPrefix($0.rawValue + "-") }
            if let language, quality > best.quality { best = (quality, language) }
        }
        return best.language
    }
}
