import FlowModel
import FlowStore
import Primitives
import Testing

@Suite struct OpenStepTests {
    private func event(
        _ id: Int64, after cause: Int64, _ type: HistoryEventType, _ step: String = "pay",
        _ detail: JSONObject = [:]
    ) -> HistoryEvent {
        HistoryEvent(
            eventID: id, scheduleEventID: cause, type: type, stepName: step,
            time: Timestamp(microseconds: id * 1_000_000), detail: detail)
    }

    private let soon = "1970-01-01T00:05:00.000Z"

    @Test func `a task is delivered, waits for its report, and is over`() {
        var steps: [OpenStep] = []
        _ = steps.apply(event(3, after: 2, .taskScheduled, "pay", ["attempt": 0, "deadline": .string(soon)]))
        #expect(steps.map(\.state) == [.delivering] && steps.map(\.attempt) == [0])
        #expect(steps[0].deadline == Timestamp(microseconds: 300_000_000))
        #expect(steps.apply(event(4, after: 3, .taskStarted)).latency == nil)
        let submitted = steps.apply(event(5, after: 4, .taskSubmitted))
        #expect(submitted.latency == .seconds(2) && steps[0].state == .waitingForCallback)
        #expect(steps[0].since == Timestamp(microseconds: 5_000_000) && steps[0].scheduledEventID == 3)
        let ended = steps.apply(event(6, after: 5, .taskSucceeded))
        #expect(ended.before?.name == "pay" && ended.after == nil && ended.latency == nil && steps.isEmpty)
    }

    @Test func `a failed attempt waits for the next, which has a number and an event of its own`() {
        var steps: [OpenStep] = []
        _ = steps.apply(event(3, after: 2, .taskScheduled, "pay", ["attempt": 0]))
        let failed = steps.apply(event(4, after: 3, .taskFailed, "pay", ["retryAt": .string(soon)]))
        #expect(failed.latency == .seconds(1) && steps.map(\.state) == [.waitingToRetry])
        #expect(steps[0].attempt == 1 && steps[0].deadline == Timestamp(microseconds: 300_000_000))
        _ = steps.apply(event(5, after: 4, .taskScheduled, "pay", ["attempt": 1]))
        #expect(steps.map(\.state) == [.delivering] && steps[0].scheduledEventID == 5)
        _ = steps.apply(event(6, after: 5, .taskTimedOut))
        #expect(steps.isEmpty)
    }

    @Test func `branches go their own ways, and a wait is open until its step is left`() {
        var steps: [OpenStep] = []
        _ = steps.apply(event(3, after: 2, .taskScheduled, "left"))
        _ = steps.apply(event(5, after: 4, .stepStarted, "rest", ["until": .string(soon)]))
        _ = steps.apply(event(7, after: 6, .stepStarted, "choose", ["branch": 0]))
        #expect(steps.map(\.name) == ["left", "rest"] && steps[1].state == .waiting)
        _ = steps.apply(event(8, after: 3, .taskStarted, "left"))
        _ = steps.apply(event(9, after: 5, .stepExited, "rest"))
        #expect(steps.map(\.name) == ["left"])
        #expect(steps.map(\.json).map(OpenStep.init(json:)) == steps)
    }
}
