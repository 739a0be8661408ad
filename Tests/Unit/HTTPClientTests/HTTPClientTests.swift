import HTTPClient
import HTTPMessage
import Testing

struct HTTPClientTests {
    @Test func `the room is there`() {
        #expect(
            HTTPExchange(
                address: .v6(0, 1), port: 1, request: WebRequest(WebHead(method: "GET", path: "/")),
                timeout: .zero, answerBytesMax: 0
            ).port == 1)
    }
}
