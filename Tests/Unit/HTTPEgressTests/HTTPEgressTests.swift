import HTTPEgress
import Testing

struct HTTPEgressTests {
    @Test func `the room is there`() { #expect(EgressError.timedOut != .answerTooLarge(bytesMax: 1)) }
}
