import FlowModel
import Primitives

/// What one call of `step` collects.
struct Turn {
    /// Whole milliseconds, as times are written, and never before the last event.
    let now: Timestamp
    let mint: any TaskTokenMint
    var events: [HistoryEvent] = []
    var commands: [Command] = []
    /// Threads that may have something to do, the next one last.
    var ready: [Int64] = []

    var transition: Transition { Transition(events: events, commands: commands) }
}

extension Timestamp {
    /// Events carry milliseconds; a machine that knew more would differ from its replay.
    var wholeMilliseconds: Timestamp {
        let rest = microseconds % 1000
        return rest == 0 ? self : Timestamp(microseconds: microseconds - (rest < 0 ? rest + 1000 : rest))
    }

    func advanced(bySeconds seconds: Int64) -> Timestamp { advanced(by: .seconds(seconds)) }
}
