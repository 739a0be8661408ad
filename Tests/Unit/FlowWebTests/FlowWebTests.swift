import FlowWeb
import Testing

struct FlowWebTests {
    @Test func `the room is there`() {
        #expect(AccessGrant(accessKeyID: "a", role: .read, flows: ["Order*"]).mayTouch(flow: "OrderDemo"))
    }
}
