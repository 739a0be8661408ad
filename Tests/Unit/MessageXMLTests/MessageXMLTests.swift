import MessageXML
import Testing

struct MessageXMLTests {
    @Test func `the room is there`() { #expect(MessageElement("Queue").children.isEmpty) }
}
