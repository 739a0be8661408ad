package import HTTPMessage

/// What a handler answers.
package enum PageAnswer: Sendable {
    case page(Page)
    /// Go on there, with GET: what a POST answers when it is done, so that a reload does not do it again.
    case seeOther(String, cookies: [SetCookie] = [])
    case problem(Problem)
    /// Events until the listener has left or the source ends.
    case events(@Sendable (any WebBodySink) async throws -> Void)
    /// Something to keep: the browser saves it under the name.
    case file(name: String, contentType: String, text: String)
    /// Something that never changes under its path, e.g. the style sheet.
    case asset(contentType: String, bytes: [UInt8])
}
