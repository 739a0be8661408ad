import SystemdKit
import Testing

@Suite struct IdleExitTests {
    private let idle = IdleExit.Activity(
        connections: 0, requestsInFlight: 0, outboxIsEmpty: true, openWaits: 0,
        sinceLastActivity: .seconds(60))

    @Test func `an idle service exits when its time is over`() {
        #expect(IdleExit(idleExitSeconds: 60).decide(idle) == .exit)
        #expect(IdleExit(idleExitSeconds: 59).decide(idle) == .exit)
    }

    @Test func `an idle service asks again when its time would be over`() {
        #expect(IdleExit(idleExitSeconds: 90).decide(idle) == .askAgain(after: .seconds(30)))
    }

    @Test func `idle exit is off by default`() {
        #expect(IdleExit(idleExitSeconds: nil).decide(idle) == .stay)
        #expect(IdleExit(idleExitSeconds: 0).decide(idle) == .stay)
        #expect(IdleExit(idleExitSeconds: -1).decide(idle) == .stay)
    }

    @Test func `anything open keeps the service alive`() {
        let changes: [(inout IdleExit.Activity) -> Void] = [
            { $0.connections = 1 }, { $0.requestsInFlight = 1 }, { $0.outboxIsEmpty = false },
            { $0.openWaits = 1 },
        ]
        for change in changes {
            var busy = idle
            change(&busy)
            #expect(IdleExit(idleExitSeconds: 1).decide(busy) == .stay)
        }
    }
}
