/// The documents of the message service as bytes. Source: MNS 2015-06-06; XML 1.0, the part of it that its
/// clients write.
package enum MessageXML {
    package static let namespace = "http://mns.aliyuncs.com/doc/v1/"

    /// Reads a document: a declaration, comments, one tree of elements with text, the five entities, numeric
    /// references and CDATA. Attributes are checked and dropped; the only one the service knows is the
    /// namespace.
    ///
    /// Refused: document types and with them every entity of one's own, processing instructions, text beside
    /// elements, bytes that are no UTF-8, characters that XML forbids, anything behind the root, more than
    /// `limits`. Line ends stay as they came, so that a body is the one whose digest its sender knows.
    ///
    /// Units: time and memory are linear in the bytes.
    package static func read(
        _ bytes: [UInt8], limits: MessageXMLLimits = MessageXMLLimits()
    ) throws(MessageXMLFault) -> MessageElement {
        var reader = MessageXMLReader(bytes, limits: limits)
        return try reader.document()
    }

    /// Writes a document on one line. Characters that XML can't carry become U+FFFD.
    ///
    /// Shape: the namespace on the root; an element's text is one run, because the service's clients read the
    /// first run only.
    package static func write(_ root: MessageElement) -> [UInt8] {
        var writer = MessageXMLWriter()
        writer.document(root)
        return writer.bytes
    }
}
