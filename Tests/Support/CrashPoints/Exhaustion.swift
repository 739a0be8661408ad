import Dispatch
import FaultyDisk
import Foundation
import Synchronization

/// A scenario with a fault at every operation of every disk in turn.
package struct Exhaustion: Sendable {
    package struct Finding: Sendable, CustomStringConvertible {
        package let point: String
        package let faults: [String]
        package var description: String { "\(point): \(faults.joined(separator: "; "))" }
    }

    package struct Summary: Sendable, CustomStringConvertible {
        package let scenario: String
        package let operations: Int
        /// Runs, one for each operation and kind of fault.
        package let points: Int
        /// Points whose fault did not come to pass, because the run went another way: none, as runs are deterministic.
        package let missed: Int
        package let findings: [Finding]
        package let seconds: Double

        package var description: String {
            let rate = seconds > 0 ? seconds / Double(max(points, 1)) * 1000 : 0
            return "crash points: \(scenario): \(points) runs over \(operations) operations, "
                + "\(findings.count) findings, \(String(format: "%.1f", seconds)) s (\(String(format: "%.1f", rate)) ms each)"
        }
    }

    let scenario: CrashScenario
    let depth: CrashDepth

    package init(_ scenario: CrashScenario, depth: CrashDepth = .standard) {
        self.scenario = scenario
        self.depth = depth
    }

    /// - Parameter threads: how many runs go on at once; each stays on its thread.
    package func run(threads: Int = 1) throws -> Summary {
        let begun = ContinuousClock.now
        let scenario = scenario
        let images = try Self.onThread { try CrashRun.images(scenario) }
        let plain = try Self.onThread {
            try CrashRun(scenario, images: images).play(nil, reference: nil)
        }
        guard plain.faults.isEmpty else {
            return summary(plain, [], [Finding(point: "without a fault", faults: plain.faults)], 0, begun)
        }
        let points = plain.traces.sorted { $0.key < $1.key }.flatMap {
            CrashPoint.all($0.key, $0.value, depth, isPlain: scenario.beginsEmpty)
        }
        let progress = Progress()
        Self.onThreads(threads) {
            while let index = progress.take(of: points.count) {
                let outcome = Self.outcome(of: points[index], scenario, images, plain)
                progress.note(outcome, of: points[index])
            }
        }
        return summary(plain, points, progress.findings, progress.missed, begun)
    }

    private func summary(
        _ plain: CrashRun.Outcome, _ points: [CrashPoint], _ findings: [Finding], _ missed: Int,
        _ begun: ContinuousClock.Instant
    ) -> Summary {
        let time = (ContinuousClock.now - begun).components
        return Summary(
            scenario: scenario.name, operations: plain.traces.values.reduce(0) { $0 + $1.count },
            points: points.count, missed: missed, findings: findings,
            seconds: Double(time.seconds) + Double(time.attoseconds) / 1e18)
    }

    private static func outcome(
        of point: CrashPoint, _ scenario: CrashScenario, _ images: CrashRun.Images,
        _ reference: CrashRun.Outcome
    ) -> CrashRun.Outcome {
        do {
            return try CrashRun(scenario, images: images).play(point, reference: reference)
        } catch {
            var outcome = CrashRun.Outcome()
            outcome.faults = ["\(error)"]
            outcome.hasMetFault = true
            return outcome
        }
    }

    private static func onThread<Value>(_ body: @escaping () throws -> Value) throws -> Value {
        let slot = Slot<Value>(body)
        onThreads(1) { slot.fill() }
        return try slot.get()
    }

    /// Plain threads: a stage runs jobs by itself, which one of the runtime's own threads must not.
    private static func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for _ in 0..<count {
            group.enter()
            let thread = Thread {
                body()
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
    }

    /// Which point is next, and what was found so far.
    private final class Progress: Sendable {
        private let next = Atomic<Int>(0)
        private let found = Mutex<(findings: [Finding], missed: Int)>(([], 0))

        var findings: [Finding] { found.withLock { $0.findings } }
        var missed: Int { found.withLock { $0.missed } }

        func take(of count: Int) -> Int? {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < count ? index : nil
        }

        func note(_ outcome: CrashRun.Outcome, of point: CrashPoint) {
            let faults = outcome.faults
            found.withLock { found in
                if !outcome.hasMetFault { found.missed += 1 }
                if !faults.isEmpty { found.findings.append(Finding(point: "\(point)", faults: faults)) }
            }
        }
    }

    private final class Slot<Value>: @unchecked Sendable { // filled by one thread, read when that has ended
        private let body: () throws -> Value
        private var result: Result<Value, any Error>?

        init(_ body: @escaping () throws -> Value) { self.body = body }

        func fill() { result = Result { try body() } }

        func get() throws -> Value {
            guard let result else { throw CrashRunFault(reason: "the thread did not run") }
            return try result.get()
        }
    }
}
