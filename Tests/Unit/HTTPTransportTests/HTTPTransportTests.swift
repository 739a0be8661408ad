import HTTPTransport
import Testing

struct HTTPTransportTests {
    @Test func `the room is there`() { #expect(HTTPLimits().headersMax == 100) }
}
