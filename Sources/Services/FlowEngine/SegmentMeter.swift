import FlowStore

/// Says when the state of an execution is written beside its rows.
///
/// After enough events, and as many bytes as the last state was long: so states never cost more than the rows
/// themselves, however large a state grows.
struct SegmentMeter {
    private var events: Int64 = 0
    private var bytes = 0
    private var lastLength = 0

    /// - Parameter segment: the newest one; nil: none was written yet.
    init(after segment: Segment? = nil) { lastLength = segment?.state.count ?? 0 }

    mutating func note(events count: Int, bytes length: Int) {
        events += Int64(count)
        bytes += length
    }

    func isDue(eventsMin: Int64) -> Bool { events >= eventsMin && bytes >= lastLength }

    mutating func noteSegment(length: Int) {
        (events, bytes, lastLength) = (0, 0, length)
    }
}
