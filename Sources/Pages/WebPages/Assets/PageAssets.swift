/// The style sheet, the script and the icon that pages name: one file each, under a path that changes with
/// what is in it, so that a browser keeps them for good.
package struct PageAssets: Sendable {
    package let stylePath: String
    package let scriptPath: String
    package let iconPath: String
    package let routes: [PageRoute]

    /// - Parameter styles: what the faces add to the style sheet that all share.
    /// - Parameter scripts: the same of the script.
    package init(styles: [String] = [], scripts: [String] = []) {
        let style = ([StyleSheet.text] + styles).joined(separator: "\n")
        let script = ([PageScript.text] + scripts).joined(separator: "\n")
        stylePath = "/assets/\(Self.mark(style)).css"
        scriptPath = "/assets/\(Self.mark(script)).js"
        iconPath = "/assets/\(Self.mark(Self.icon)).svg"
        routes = [
            Self.route(stylePath, "text/css; charset=utf-8", style),
            Self.route(scriptPath, "text/javascript; charset=utf-8", script),
            Self.route(iconPath, "image/svg+xml", Self.icon),
        ]
    }

    private static func route(_ path: String, _ contentType: String, _ text: String) -> PageRoute {
        let bytes = Array(text.utf8)
        return .get(path) { _ in .asset(contentType: contentType, bytes: bytes) }
    }

    /// FNV-1a: tells versions apart, no more is needed of it.
    private static func mark(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }

    /// Three steps and the way between them.
    private static let drawing = """
        <path d="M7 8h10a5 5 0 0 1 0 10h-2a5 5 0 0 0 0 10h10" fill="none" stroke="currentColor" \
        stroke-width="3" stroke-linecap="round"/><circle cx="7" cy="8" r="4" fill="currentColor"/>\
        <circle cx="16" cy="18" r="3" fill="currentColor"/><circle cx="25" cy="28" r="4" fill="currentColor"/>
        """

    static let mark = """
        <svg class="mark" viewBox="0 0 32 36" width="22" height="25" aria-hidden="true">\(drawing)</svg>
        """

    private static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -2 40 40" color="#4a56d2">\(drawing)</svg>
        """
}
