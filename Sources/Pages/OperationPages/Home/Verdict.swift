import FlowEngineAPI
import RPCProtocol
import WebPages

/// Whether it is all right, in one sentence.
struct Verdict: Sendable, Hashable {
    let tone: Tone
    let sentence: String

    /// Below this share of the file system, or this much, its end is near.
    private static let freePercentMin: Int64 = 5
    private static let freeBytesMin: Int64 = 512 << 20

    init(_ reading: SystemReading) {
        let broken = Self.broken(reading)
        let odd = Self.odd(reading)
        if broken.isEmpty, odd.isEmpty {
            tone = .good
            sentence = "All is well: \(Self.quiet(reading))."
        } else {
            tone = broken.isEmpty ? .wait : .bad
            let concerns = Self.joined(broken + odd)
            sentence = concerns.prefix(1).uppercased() + concerns.dropFirst() + "."
        }
    }

    /// What keeps work from being done.
    private static func broken(_ reading: SystemReading) -> [String] {
        var concerns: [String] = []
        if case .known(let units) = reading.units {
            for unit in units where unit.condition == .failed { concerns.append("\(unit.name) has failed") }
            for unit in units where unit.condition == .off {
                concerns.append("\(unit.name) is off and nothing starts it")
            }
        }
        if let failure = reading.failure { concerns.append("the flow engine does not answer (\(failure))") }
        if let storage = reading.engine?.storage {
            if let trouble = storage.trouble { concerns.append("nothing can be stored: \(trouble)") }
            if isFull(storage) {
                concerns.append("the disk has only \(ByteText.text(storage.freeBytes)) left")
            }
        }
        return concerns
    }

    /// What somebody should look at.
    private static func odd(_ reading: SystemReading) -> [String] {
        guard let summary = reading.counts?.summary else { return [] }
        var concerns: [String] = []
        if summary.retrying > 0 {
            concerns.append(
                "\(CountText.of(summary.retrying, "execution is", "executions are")) retrying"
            )
        }
        if summary.lastHour.failed > 0 {
            concerns.append("\(CountText.of(summary.lastHour.failed, "execution")) failed in the last hour")
        }
        if summary.lastHour.timedOut > 0 {
            concerns.append(
                "\(CountText.of(summary.lastHour.timedOut, "execution")) timed out in the last hour")
        }
        return concerns
    }

    private static func quiet(_ reading: SystemReading) -> String {
        guard let summary = reading.counts?.summary else { return "nothing is known to be wrong" }
        if summary.running == 0 { return "nothing runs, and nothing failed in the last hour" }
        return "\(CountText.of(summary.running, "execution")) "
            + "\(summary.running == 1 ? "runs" : "run"), nothing is retrying, nothing failed in the last hour"
    }

    static func isFull(_ storage: StorageRecord) -> Bool {
        storage.diskBytes > 0
            && (storage.freeBytes < freeBytesMin
                || storage.freeBytes < storage.diskBytes / 100 * freePercentMin)
    }

    private static func joined(_ parts: [String]) -> String {
        parts.count < 2
            ? parts.first ?? "" : parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
    }
}
