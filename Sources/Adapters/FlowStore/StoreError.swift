/// Why the store gave no answer. Four cases, because a caller acts in four ways.
package enum StoreError: Error, Sendable, Hashable {
    /// Nothing was written; the same call may succeed later: the disk is full, read-only or locked by
    /// somebody else.
    case unavailable(path: String, reason: String)
    /// A write or a sync failed half-way: what is on disk is not known until the file is opened anew. The
    /// process acknowledges nothing more and ends; its next start reads what is there.
    case broken(path: String, reason: String)
    /// Something is stored that this build can't read; the rest of the store is served.
    case unreadable(place: String, reason: String)
    /// A part of what is derived from the journal can't be read: the process ends, and its next start makes
    /// it again.
    case damagedIndex(path: String, reason: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let path, let reason): "the database \(path) cannot be used now: \(reason)"
        case .broken(let path, let reason): "the database \(path) failed: \(reason)"
        case .unreadable(let place, let reason): "\(place) cannot be read: \(reason)"
        case .damagedIndex(let path, let reason):
            "the index of executions in \(path) is damaged and is made again from the journal: \(reason)"
        }
    }
}
