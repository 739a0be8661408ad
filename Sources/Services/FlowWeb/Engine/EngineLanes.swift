import RPCProtocol
import Synchronization

/// The connections to the engine's doors: one a door for the calls that work, and as many as the calls that
/// wait need.
final class EngineLanes: Sendable {
    struct Lane: Sendable {
        let id: Int
        let caller: any RPCCaller
    }

    private struct Entry {
        let door: RPCDoor
        let caller: any RPCCaller
        var waits = 0
    }

    private struct State {
        var working: [RPCDoor: any RPCCaller] = [:]
        var waiting: [Int: Entry] = [:]
        var made = 0
        var waits = 0
    }

    private let connect: @Sendable (RPCDoor) -> any RPCCaller
    private let limits: EngineLimits
    private let state = Mutex(State())

    init(limits: EngineLimits, connect: @escaping @Sendable (RPCDoor) -> any RPCCaller) {
        self.limits = limits
        self.connect = connect
    }

    var waits: Int { state.withLock { $0.waits } }
    var waitingConnections: Int { state.withLock { $0.waiting.count } }

    func working(_ door: RPCDoor) -> any RPCCaller {
        state.withLock { state in
            if let caller = state.working[door] { return caller }
            let caller = connect(door)
            state.working[door] = caller
            return caller
        }
    }

    /// A place among the waiting calls, to be given back by `leave`; nil: there are as many as may be.
    func enter(_ door: RPCDoor) -> Lane? {
        state.withLock { state in
            guard state.waits < limits.waitsMax else { return nil }
            state.waits += 1
            let free = state.waiting.filter { $1.door == door && $1.waits < limits.waitsPerConnection }
            // The oldest: the others become empty by and by.
            if let id = free.keys.min(), let caller = free[id]?.caller {
                state.waiting[id]?.waits += 1
                return Lane(id: id, caller: caller)
            }
            state.made += 1
            let caller = connect(door)
            state.waiting[state.made] = Entry(door: door, caller: caller, waits: 1)
            return Lane(id: state.made, caller: caller)
        }
    }

    /// A connection on which nobody waits any more is closed.
    func leave(_ lane: Lane) {
        state.withLock { state in
            state.waits -= 1
            state.waiting[lane.id]?.waits -= 1
            if state.waiting[lane.id]?.waits == 0 { state.waiting[lane.id] = nil }
        }
    }
}
