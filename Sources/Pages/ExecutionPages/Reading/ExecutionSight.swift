import FlowDefinition
import FlowEngineAPI
import FlowModel
import Primitives

/// What a page shows: an execution as of one of its events.
struct ExecutionSight: Sendable {
    let record: ExecutionRecord
    /// Nil when it can't be read.
    let definition: FlowDefinition?
    /// In order; with `gap` not all of them.
    let events: [HistoryEvent]
    /// Events that were not read, because there are too many.
    let gap: ClosedRange<Int64>?
    /// The newest event there is.
    let last: Int64
    /// The event that is shown; nil: the newest, whichever that is.
    let at: Int64?
    var story: ExecutionStory
    var openTasks: [FlowEngineAPI.OpenTask] = []
    let now: Timestamp

    var flow: String { record.flowName }
    var name: String { record.name }
    var shown: Int64 { at ?? last }
    var isOpen: Bool { record.status == "Running" || record.status == "Starting" }
    /// The time that the page shows: now, or that of the event.
    var moment: Timestamp { at == nil && isOpen ? now : story.lastTime }

    func open(_ attempt: StoryAttempt?) -> FlowEngineAPI.OpenTask? {
        guard let attempt, at == nil else { return nil }
        return openTasks.first {
            $0.scheduledEventId == attempt.scheduledEventID && $0.state != "waitingToRetry"
        }
    }
}
