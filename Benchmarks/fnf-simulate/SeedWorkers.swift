import Foundation
import Primitives
import Synchronization
import SystemSimulation

/// Gives seeds to processes of their own, a few at a time.
final class SeedWorkers: Sendable {
    /// Few, so that what dead processes of a run leave in memory stays little.
    private static let seedsAtOnce = 40

    private struct State {
        var next: UInt64
        var summary = SeedSummary()
        var isStopped = false
    }

    private let end: UInt64
    private let stopsAtViolation: Bool
    private let arguments: [String]
    private let state: Mutex<State>

    init(from: UInt64, count: Int, stopsAtViolation: Bool, what: RunOptions) {
        end = from + UInt64(count)
        self.stopsAtViolation = stopsAtViolation
        arguments =
            ["--order-flow", what.orderFlow] + (what.bug.map { ["--bug", $0.rawValue] } ?? [])
            + (stopsAtViolation ? ["--stop"] : [])
        state = Mutex(State(next: from))
    }

    /// - Parameter onProgress: called with what there is so far, by several threads in turn.
    func run(jobs: Int, onProgress: @escaping @Sendable (SeedSummary) -> Void) -> SeedSummary {
        DispatchQueue.concurrentPerform(iterations: max(1, jobs)) { _ in
            while let (from, count) = take() { work(from, count, onProgress) }
        }
        return state.withLock { $0.summary }
    }

    private func take() -> (from: UInt64, count: Int)? {
        state.withLock { state in
            guard !state.isStopped, state.next < end else { return nil }
            let count = min(UInt64(Self.seedsAtOnce), end - state.next)
            defer { state.next += count }
            return (state.next, Int(count))
        }
    }

    private func work(_ from: UInt64, _ count: Int, _ onProgress: @Sendable (SeedSummary) -> Void) {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["worker", "--from", String(from), "--count", String(count)] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        do { try process.run() } catch {
            return note(Self.broken(from, "a worker can't be started: \(error)"), onProgress)
        }
        var next = from
        var hasStopped = false
        for line in Lines(pipe.fileHandleForReading) {
            guard let result = (try? JSONParser.parse(line)).flatMap(SeedResult.init(json:)) else { continue }
            next = result.seed + 1
            hasStopped = stopsAtViolation && result.violation != nil
            note(result, onProgress)
        }
        process.waitUntilExit()
        guard process.terminationStatus != 0 || (next < from + UInt64(count) && !hasStopped)
        else { return }
        note(Self.broken(next, "the process ended with \(process.terminationStatus)"), onProgress)
    }

    private static func broken(_ seed: UInt64, _ reason: String) -> SeedResult {
        var result = SeedResult()
        result.seed = seed
        result.violation = reason
        return result
    }

    private func note(_ result: SeedResult, _ onProgress: @Sendable (SeedSummary) -> Void) {
        let summary = state.withLock { state in
            state.summary.add(result)
            if result.violation != nil, stopsAtViolation { state.isStopped = true }
            return state.summary
        }
        onProgress(summary)
    }
}

/// The lines that a process writes, as they come.
struct Lines: Sequence, IteratorProtocol {
    private let file: FileHandle
    private var rest: [UInt8] = []
    private var hasEnded = false

    init(_ file: FileHandle) { self.file = file }

    mutating func next() -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                defer { rest.removeFirst(end + 1) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            let more = hasEnded ? Data() : file.availableData
            guard !more.isEmpty else {
                hasEnded = true
                return nil
            }
            rest.append(contentsOf: more)
        }
    }
}
