import HTTPMessage
import MessageXML

/// What a list is asked for, in headers of its own, and how a page of it is answered.
struct MessageListing: Sendable {
    let prefix: String?
    let marker: String?
    let limit: Int64
    let withMeta: Bool

    init(_ headers: HeaderList) throws(MessageFault) {
        prefix = headers["x-mns-prefix"]
        marker = headers["x-mns-marker"]
        limit =
            try headers["x-mns-ret-number"].map { text throws(MessageFault) in
                try MessageRange.page.number(text, of: "x-mns-ret-number")
            } ?? MessageRange.page.values.upperBound
        withMeta = headers["x-mns-with-meta"]?.lowercased() == "true"
    }

    /// Shape: the library can't read an empty `NextMarker`, so the last page has none.
    func reply(_ name: String, _ items: [MessageElement], next: String?) -> MessageReply {
        var list = MessageElement(name, children: items)
        if let next { list.children.append(MessageElement("NextMarker", text: next)) }
        return MessageReply(200, document: list)
    }
}
