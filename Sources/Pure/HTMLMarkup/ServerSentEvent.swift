/// One event of an event stream, as a browser's `EventSource` reads it.
package struct ServerSentEvent: Sendable, Hashable {
    /// Letters and `-`.
    package var name: String
    package var data: String
    /// Sent again by the browser as `Last-Event-ID` when it connects anew; one line.
    package var id: String?

    package init(_ name: String, data: String = "", id: String? = nil) {
        self.name = name
        self.data = data
        self.id = id
    }

    package var bytes: [UInt8] {
        var text = "event: \(name)\n"
        if let id { text += "id: \(Self.line(id))\n" }
        // Each line of its own: a carriage return would end one as well.
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        return Array((text + "\n").utf8)
    }

    /// Nothing happened, and the connection is there.
    package static let stillHere = Array(": still here\n\n".utf8)

    private static func line(_ text: String) -> String { text.filter { !$0.isNewline && $0 != "\0" } }
}
