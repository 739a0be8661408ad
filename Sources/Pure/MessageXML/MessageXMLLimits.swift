/// The bounds of a document beside its bytes, which the transport bounds.
package struct MessageXMLLimits: Sendable, Hashable {
    /// The deepest document of the service has 4: a message's attributes.
    package var depthMax = 8
    /// A batch of 16 messages has 81; room for elements of newer clients, which are skipped.
    package var elementsMax = 512
    /// The service's documents have one: the namespace.
    package var attributesMax = 8
    /// Units: bytes of a name of an element or attribute.
    package var nameBytesMax = 128
    /// Units: bytes of an attribute's value.
    package var attributeBytesMax = 1024

    package init() {}
}
