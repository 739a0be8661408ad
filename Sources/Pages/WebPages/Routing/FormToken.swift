import HTTPMessage

/// A form is taken only from a page of ours: by the token in it, and by the origin that the browser names.
enum FormToken {
    static func check(_ request: PageRequest) throws(Problem) {
        let language = request.language
        guard isSame(request.form["csrf"] ?? "", request.visitor.formToken), isOwnOrigin(request.head) else {
            throw Problem(
                403, language("This form is not from here, or too old", "表单无效或已过期"),
                language("Nothing was changed.", "没有任何更改。"),
                advice: language(
                    "Load the page again and send the form once more. Your browser must take cookies.",
                    "请刷新页面后重新提交，并允许浏览器使用 Cookie。"))
        }
    }

    /// Takes the same time wherever they differ.
    static func isSame(_ given: String, _ expected: String) -> Bool {
        let (given, expected) = (Array(given.utf8), Array(expected.utf8))
        guard !expected.isEmpty, given.count == expected.count else { return false }
        return zip(given, expected).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }

    /// Browsers name the origin of a form that they send; a proxy before us keeps `Host`.
    private static func isOwnOrigin(_ head: WebHead) -> Bool {
        guard let origin = head.headers["Origin"] else { return true }
        guard let location = try? WebLocation(origin), let host = head.headers["Host"] else { return false }
        return location.authority == host.lowercased()
            || "\(location.host):\(location.port)" == host.lowercased()
    }
}
