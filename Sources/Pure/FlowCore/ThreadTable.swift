/// The threads of control by their ids. The flow's own lies outside the hash table: most flows have no other,
/// and each event asks for its thread many times.
struct ThreadTable: Sendable, Equatable {
    private var main: ControlThread?
    private var others: [Int64: ControlThread] = [:]

    subscript(id: Int64) -> ControlThread? {
        _read { if id == ControlThread.main { yield main } else { yield others[id] } }
        _modify { if id == ControlThread.main { yield &main } else { yield &others[id] } }
    }

    /// Innermost last; none when there is no such thread. To be read on the spot: whoever holds them while
    /// they change has them copied.
    func lists(_ id: Int64) -> [SerialList] {
        if id == ControlThread.main { main?.lists ?? [] } else { others[id]?.lists ?? [] }
    }

    var hasSeveral: Bool { !others.isEmpty }

    /// In the order in which the threads began.
    var ids: [Int64] { (main == nil ? [] : [ControlThread.main]) + others.keys.sorted() }

    var inOrder: [(id: Int64, thread: ControlThread)] {
        ids.compactMap { id in self[id].map { (id, $0) } }
    }

    mutating func removeAll() {
        main = nil
        others = [:]
    }
}
