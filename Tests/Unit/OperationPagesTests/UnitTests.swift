import Primitives
import Testing

@testable import OperationPages
@testable import SystemUnits

@Suite struct UnitTests {
    @Test func `a service at rest is asleep only while a socket waits for callers`() {
        #expect(BusUnits.condition(active: "inactive", sockets: ["active", "inactive"]) == .sleeping)
        #expect(BusUnits.condition(active: "inactive", sockets: ["inactive"]) == .off)
        #expect(BusUnits.condition(active: "inactive", sockets: []) == .off)
        #expect(BusUnits.condition(active: "active", sockets: ["failed"]) == .failed)
        #expect(BusUnits.condition(active: "failed", sockets: ["active"]) == .failed)
        #expect(BusUnits.condition(active: "activating", sockets: []) == .starting)
        #expect(BusUnits.condition(active: "reloading", sockets: []) == .serving)
    }

    @Test func `the file of fnfctl up is read, and words that are not known mean that nobody starts it`() {
        let state = SupervisedUnits.state([
            "name": "flow-engine", "state": "ready", "failures": 2, "since": "2026-11-23T09:30:00.000Z",
        ])
        #expect(state?.condition == .serving)
        #expect(state?.restarts == 2)
        #expect(state?.since == Timestamp(rfc3339: "2026-11-23T09:30:00Z"))
        #expect(SupervisedUnits.state(["name": "x", "state": "listening"])?.condition == .sleeping)
        #expect(SupervisedUnits.state(["name": "x", "state": "gone"])?.condition == .off)
        #expect(SupervisedUnits.state(["state": "ready"]) == nil)
        #expect(SupervisedUnits.read("/nowhere") == nil)
    }

    @Test func `without a system bus that is said, and asking does not take forever`() async {
        let units = HostedUnits(runtimeFolder: "/nowhere")
        async let first = units.read()
        async let second = units.read()
        let (one, other) = await (first, second)
        #expect(one == other)
        if case .unknown(let reason, _) = one { #expect(reason.hasSuffix(".") && reason.count > 20) }
    }
}
