/// The state of the way to one peer: what waits, what is under way, and whether the peer answers.
///
/// Pure: the outbox asks it what to send and tells it what became of it.
struct OutboxLane: Sendable {
    /// Enough to hide a peer's commit time, few enough to leave it room for others.
    static let inFlightMax = 64
    static let backoffFirst = Duration.milliseconds(50)
    static let backoffMax = Duration.seconds(5)

    private var ready = MessageLine()
    private var busySubjects: Set<String> = []
    private(set) var inFlight = 0
    /// Consecutive calls that the peer left unanswered; one probe at a time goes out meanwhile.
    private(set) var failures = 0
    private(set) var isPaused = false
    /// Why the last call was left unanswered, nil when the peer answers.
    private(set) var unreachable: String?
    private var postponements: [Int64: String] = [:]

    /// What keeps messages waiting; the oldest one's reason where the peer itself answers.
    var trouble: String? { unreachable ?? postponements.min { $0.key < $1.key }?.value }

    mutating func add(_ message: OutboxMessage) { ready.append(message) }

    /// What may be sent now: one message a subject, in order.
    mutating func takeSendable() -> [OutboxMessage] {
        let slots = isPaused ? 0 : (failures > 0 ? 1 : Self.inFlightMax) - inFlight
        guard slots > 0, !ready.isEmpty else { return [] }
        var busy: Set<String> = []
        swap(&busy, &busySubjects)
        let taken = ready.take(slots) { busy.insert($0.subject).inserted }
        swap(&busy, &busySubjects)
        inFlight += taken.count
        return taken
    }

    private mutating func release(_ message: OutboxMessage) {
        inFlight -= 1
        busySubjects.remove(message.subject)
    }

    mutating func answered(_ message: OutboxMessage) {
        release(message)
        postponements[message.id] = nil
        peerAnswered()
    }

    private mutating func peerAnswered() {
        failures = 0
        unreachable = nil
    }

    /// The peer is up but can't take this message now; only this message waits.
    mutating func postponed(_ message: OutboxMessage, _ reason: String) {
        inFlight -= 1
        postponements[message.id] = reason
        peerAnswered()
    }

    mutating func resumed(_ message: OutboxMessage) {
        busySubjects.remove(message.subject)
        ready.putBack(message)
    }

    /// The peer gave no answer: everything waits. Returns how long, before jitter.
    mutating func unanswered(_ message: OutboxMessage, _ reason: String) -> Duration? {
        release(message)
        ready.putBack(message)
        unreachable = reason
        guard !isPaused else { return nil }
        isPaused = true
        failures += 1
        return Self.backoff(after: failures)
    }

    mutating func unpause() { isPaused = false }

    static func backoff(after failures: Int) -> Duration {
        min(backoffFirst * (1 << min(failures - 1, 10)), backoffMax)
    }
}
