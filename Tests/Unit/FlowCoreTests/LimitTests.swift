import FlowCore
import FlowModel
import Primitives
import Testing

struct LimitTests {
    private func flow(_ steps: String) -> String { "version: v1\ntype: flow\nsteps:\n\(steps)" }

    static let endless = """
        - {type: pass, name: p}
        - {type: choice, name: c, choices: [{condition: "true", goto: p}]}
        """

    @Test func `a loop without a task lets others run and ends at the history's limit`() throws {
        var limits = FlowLimits()
        limits.transitionEventsMax = 100
        limits.historyEventsMax = 1000
        var scenario = try Scenario(flow(Self.endless), limits: limits)
        var transition = try scenario.start()
        var count = 1
        while !scenario.machine.status.isTerminal {
            #expect(transition.events.count < 110)
            #expect(scenario.machine.nextDeadline == transition.events.last?.time)
            transition = try scenario.step(.timerFired, at: Double(count))
            count += 1
        }
        #expect(count > 9)
        #expect(scenario.machine.failure?.error == "FnF.HistoryLimitExceeded")
        #expect(scenario.machine.lastEventID <= 1010)
    }

    @Test func `data beyond the limit ends the execution and is not recorded`() throws {
        var limits = FlowLimits()
        limits.stepDataBytesMax = 1000
        let large = JSONValue.string(String(repeating: "x", count: 1000))
        var scenario = try Scenario(
            flow(
                """
                - type: task
                  name: t
                  resourceArn: acs:fc:::f
                  retry: [{errors: [FnF.ALL]}]
                  catch: [{errors: [FnF.ALL], goto: p}]
                - {type: pass, name: p}
                """), limits: limits)
        try scenario.start()
        #expect(
            try scenario.answer(["x": large]).lines == [
                "TaskStarted t", "TaskFailed t", "StepFailed t", "ExecutionFailed",
            ])
        #expect(scenario.machine.failure?.error == "FnF.DataLimitExceeded")
        scenario = try Scenario(flow("- {type: pass, name: p}"), limits: limits)
        try scenario.start(["x": large])
        #expect(scenario.machine.failure?.error == "FnF.DataLimitExceeded")
    }

    @Test func `data that is put into itself without end ends the execution`() throws {
        var scenario = try Scenario(
            flow(
                """
                - {type: pass, name: p, outputMappings: [{target: x, source: $input}]}
                - {type: choice, name: c, choices: [{condition: "true", goto: p}]}
                """))
        try scenario.start()
        #expect(scenario.machine.failure?.error == "FnF.DataLimitExceeded")
        #expect(scenario.machine.failure?.cause.contains("at most 100") == true)
        var deep: JSONValue = [:]
        for _ in 0..<110 { deep = ["x": deep] }
        scenario = try Scenario(flow("- {type: pass, name: p}"))
        #expect(try scenario.start(["x": deep]).lines == ["ExecutionStarted", "ExecutionFailed"])
    }

    @Test func `a history that does not fit is refused with the event's number`() throws {
        var scenario = try Scenario(flow("- {type: task, name: t, resourceArn: 'acs:fc:::f'}"))
        try scenario.start()
        try scenario.answer([:])
        let events = scenario.events
        func fault(_ events: [HistoryEvent]) -> ReplayFault? {
            var machine = ExecutionMachine(definition: scenario.machine.definition, flow: "F", execution: "1")
            do { try machine.apply(events) } catch { return error }
            return nil
        }
        #expect(fault(events) == nil)
        #expect(fault(Array(events.dropFirst()))?.eventID == 2)
        #expect(fault(events + [events[0]]) != nil)
        for index in events.indices.dropLast() {
            var gap = events
            gap.remove(at: index)
            #expect(fault(gap)?.eventID == events[index + 1].eventID)
        }
        for index in events.indices {
            for type in HistoryEventType.allCases where type != events[index].type {
                var wrong = events
                let event = events[index]
                wrong[index] = HistoryEvent(
                    eventID: event.eventID, scheduleEventID: event.scheduleEventID, type: type,
                    stepName: event.stepName, time: event.time, detail: event.detail)
                _ = fault(wrong) // never a crash
            }
        }
    }
}
