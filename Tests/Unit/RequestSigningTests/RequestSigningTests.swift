import Primitives
import RequestSigning
import Testing

struct RequestSigningTests {
    @Test func `the room is there`() { #expect(SignedRequest.Scheme(rawValue: "rpc1") == .rpc1) }
}
