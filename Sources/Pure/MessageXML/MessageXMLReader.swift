/// Reads one document from left to right, each byte a bounded number of times.
struct MessageXMLReader {
    let bytes: [UInt8]
    let limits: MessageXMLLimits
    var index = 0
    private var open: [Open] = []
    private var elementCount = 0
    private var root: MessageElement?

    /// An element whose end has not come yet.
    private struct Open {
        /// With its prefix, as the end tag must repeat it.
        let tag: ArraySlice<UInt8>
        let start: Int
        var text: [UInt8] = []
        var children: [MessageElement] = []
    }

    init(_ bytes: [UInt8], limits: MessageXMLLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(MessageXMLFault) -> MessageElement {
        try checkCharacters()
        _ = take("\u{FEFF}")
        if bytes[index...].starts(with: "<?xml".utf8) { try declaration() }
        while index < bytes.count { try part() }
        if let element = open.last {
            throw fault("the document ends within <\(text(element.tag))>", at: element.start)
        }
        guard let root else { throw fault("the document has no element") }
        return root
    }

    func fault(_ reason: String, at offset: Int? = nil) -> MessageXMLFault {
        MessageXMLFault(reason, at: offset ?? index, in: bytes)
    }

    /// A tag, a comment, a CDATA section, or text up to the next of them.
    private mutating func part() throws(MessageXMLFault) {
        guard bytes[index] == UInt8(ascii: "<") else { return try addText() }
        if take("<!--") { return try comment() }
        if take("<![CDATA[") { return try section() }
        if bytes[index...].starts(with: "<!".utf8) {
            throw fault("document types and entities of one's own are not allowed")
        }
        if bytes[index...].starts(with: "<?".utf8) {
            throw fault("processing instructions are not allowed, and the declaration comes first only")
        }
        if bytes[index...].starts(with: "</".utf8) { return try endTag() }
        try startTag()
    }

    private mutating func startTag() throws(MessageXMLFault) {
        let start = index
        index += 1
        guard root == nil else { throw fault("a second element behind the root", at: start) }
        guard open.count < limits.depthMax else {
            throw fault("elements are nested deeper than \(limits.depthMax)", at: start)
        }
        elementCount += 1
        guard elementCount <= limits.elementsMax else {
            throw fault("there are more than \(limits.elementsMax) elements", at: start)
        }
        let tag = try name()
        try attributes()
        let isEmpty = take("/")
        guard take(">") else { throw fault("expected '>' at the end of <\(text(tag))>") }
        let element = Open(tag: tag, start: start)
        if isEmpty { try close(element) } else { open.append(element) }
    }

    private mutating func endTag() throws(MessageXMLFault) {
        let start = index
        index += 2
        let tag = try name()
        skipSpace()
        guard take(">") else { throw fault("expected '>' at the end of </\(text(tag))>") }
        guard let element = open.popLast() else {
            throw fault("</\(text(tag))> ends an element that was not begun", at: start)
        }
        guard element.tag == tag else {
            throw fault("</\(text(tag))> where </\(text(element.tag))> is expected", at: start)
        }
        try close(element)
    }

    private mutating func close(_ element: Open) throws(MessageXMLFault) {
        let isText = element.children.isEmpty
        if !isText, !element.text.allSatisfy(Self.isSpace) {
            throw fault("<\(text(element.tag))> has text beside elements", at: element.start)
        }
        let local = element.tag.lastIndex(of: UInt8(ascii: ":")).map { element.tag[($0 + 1)...] }
        let done = MessageElement(
            text(local ?? element.tag), text: isText ? text(element.text[...]) : "",
            children: element.children)
        if open.isEmpty { root = done } else { open[open.count - 1].children.append(done) }
    }

    // MARK: - Text

    private mutating func addText() throws(MessageXMLFault) {
        let start = index
        guard !open.isEmpty else {
            skipSpace()
            guard index == start else { return }
            throw fault("text outside the root element")
        }
        if bytes[index] == UInt8(ascii: "&") { return try addReference() }
        while index < bytes.count, bytes[index] != UInt8(ascii: "<"), bytes[index] != UInt8(ascii: "&") {
            if bytes[index] == UInt8(ascii: "]"), bytes[index...].starts(with: "]]>".utf8) {
                throw fault("\"]]>\" within text must be written \"]]&gt;\"")
            }
            index += 1
        }
        open[open.count - 1].text += bytes[start..<index]
    }

    private mutating func addReference() throws(MessageXMLFault) {
        let scalar = try reference()
        open[open.count - 1].text += Array(String(scalar).utf8)
    }

    private mutating func section() throws(MessageXMLFault) {
        guard !open.isEmpty else { throw fault("text outside the root element") }
        let start = index
        try skip(past: "]]>", of: "a CDATA section")
        open[open.count - 1].text += bytes[start..<(index - 3)]
    }

    private mutating func comment() throws(MessageXMLFault) {
        try skip(past: "--", of: "a comment")
        guard take(">") else { throw fault("\"--\" within a comment") }
    }

    private mutating func skip(past end: String, of part: String) throws(MessageXMLFault) {
        let start = index
        while index < bytes.count {
            if take(end) { return }
            index += 1
        }
        throw fault("\(part) does not end", at: start)
    }
}
