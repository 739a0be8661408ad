package import OperationPages
import Primitives
import Synchronization

/// How the services are, as who runs them tells: `fnfctl up` by a file, systemd over the system bus.
///
/// Both are asked on a thread of its own, one asking at a time: who asks meanwhile gets its answer, and an
/// answer holds for a second.
package final class HostedUnits: UnitStates {
    private struct State {
        var isAsking = false
        var waiting: [CheckedContinuation<UnitReading, Never>] = []
        var known: (reading: UnitReading, at: ContinuousClock.Instant)?
    }

    /// Within which an answer holds.
    private static let freshFor = Duration.seconds(1)

    private let runtimeFolder: String
    private let state = Mutex(State())

    /// - Parameter runtimeFolder: where the sockets are, and the file of `fnfctl up`.
    package init(runtimeFolder: String) { self.runtimeFolder = runtimeFolder }

    package func read() async -> UnitReading {
        await withCheckedContinuation { continuation in
            let (known, mustAsk) = state.withLock { state -> (UnitReading?, Bool) in
                if let known = state.known, known.at.duration(to: .now) < Self.freshFor {
                    return (known.reading, false)
                }
                state.waiting.append(continuation)
                defer { state.isAsking = true }
                return (nil, !state.isAsking)
            }
            if let known { return continuation.resume(returning: known) }
            guard mustAsk else { return }
            if !AsideThread.run({ self.tell(Self.ask(self.runtimeFolder)) }) {
                tell(
                    .unknown(
                        reason: "The states of the services can't be read: no thread can be started.",
                        advice: nil))
            }
        }
    }

    private func tell(_ reading: UnitReading) {
        let waiting = state.withLock { state in
            state.known = (reading, .now)
            state.isAsking = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: reading) }
    }

    private static func ask(_ runtimeFolder: String) -> UnitReading {
        SupervisedUnits.read(runtimeFolder) ?? BusUnits.read()
    }
}
