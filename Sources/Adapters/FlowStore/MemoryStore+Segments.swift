import Synchronization

extension MemoryStore {
    package func segment(of execution: Int64, before event: Int64) -> Segment? {
        state.withLock { $0.segments[execution]?.last { $0.lastEventID < event } }
    }

    package func segmentEnd(of execution: Int64, from event: Int64) -> Int64? {
        state.withLock { $0.segments[execution]?.first { $0.lastEventID >= event }?.sequence }
    }
}
