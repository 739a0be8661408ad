import FlowCore
import FlowDefinition
import FlowModel
import FlowParsing
import Primitives
import Testing

/// The ordering flow, unmodified, from the start to each of its ends.
struct OrderDemoTests {
    static let input: JSONObject = [
        "products": "beef,lotus root", "supplier": "haidilao", "orderNum": "N1", "address": "West Lake 1",
    ]
    static let offer: JSONValue = ["orderNum": "N1", "paymentcombination": "zhifubao,weixin"]

    private func started() throws -> Scenario {
        var scenario = try Scenario(orderDemo)
        try scenario.start(Self.input)
        return scenario
    }

    private func offered() throws -> Scenario {
        var scenario = try started()
        try scenario.answer(["MessageId": "m1"], at: 1)
        try scenario.report(Self.offer, key: "k1", at: 2)
        return scenario
    }

    private func paid(by method: String) throws -> (Scenario, Transition) {
        var scenario = try offered()
        try scenario.answer(["MessageId": "m2"], at: 3)
        let transition = try scenario.report(
            ["orderNum": "N1", "paymentMethod": .string(method), "price": "100"], key: "k2", at: 4)
        return (scenario, transition)
    }

    @Test func `the start calls the first topic with a token over the event that schedules it`() throws {
        var scenario = try Scenario(orderDemo)
        let transition = try scenario.start(Self.input)
        #expect(
            scenario.lines == [
                "1←0 ExecutionStarted", "2←1 StepEntered generateInfo", "3←2 TaskScheduled generateInfo",
            ])
        var mapped = Self.input
        mapped["taskToken"] = "token-F-1-3"
        mapped["type"] = "generateInfo"
        let deadline = Scenario.epoch.advanced(by: .seconds(300))
        #expect(
            transition.commands == [
                .invokeTask(
                    TaskInvocation(
                        scheduledEventID: 3, stepName: "generateInfo",
                        resourceArn: "acs:mns:::/topics/generateInfo-fnf-demo-jiyuan/messages",
                        pattern: .waitForCallback, input: mapped,
                        serviceParams: ["MessageBody": .object(mapped), "Priority": 1], token: "token-F-1-3",
                        attempt: 0,
                        deadline: deadline))
            ])
        #expect(transition.events[1].detail == ["input": .object(Self.input), "local": [:]])
        #expect(
            transition.events[2].detail == [
                "attempt": 0, "deadline": .string(deadline.description), "input": .object(mapped),
                "parameters": ["MessageBody": "$", "Priority": 1], "pattern": "waitForCallback",
                "resourceArn": "acs:mns:::/topics/generateInfo-fnf-demo-jiyuan/messages",
            ])
        #expect(scenario.machine.nextDeadline == deadline)
        #expect(scenario.machine.status == .running)
    }

    @Test(arguments: ["zhifubao", "weixin", "unionpay"])
    func `an order is paid by each method and completed`(method: String) throws {
        var (scenario, transition) = try paid(by: method)
        #expect(
            transition.lines == [
                "TaskSucceeded payment", "StepExited payment", "StepEntered paymentCombination",
                "StepStarted paymentCombination", "StepEntered \(method)", "TaskScheduled \(method)",
            ])
        #expect(
            transition.calls.first?.input == [
                "price": "100", "orderNum": "N1", "paymentMethod": .string(method),
                "taskToken": "token-F-1-9",
            ])
        transition = try scenario.answer(["Status": "ok"], at: 5)
        #expect(
            transition.lines == [
                "TaskStarted \(method)", "TaskSucceeded \(method)", "StepExited \(method)",
                "StepSucceeded paymentCombination", "StepExited paymentCombination",
                "StepEntered orderCompleted",
                "TaskScheduled orderCompleted",
            ])
        #expect(
            transition.calls.first?.input
                == JSONObject([
                    ("products", "beef,lotus root"), ("supplier", "haidilao"), ("orderNum", "N1"),
                    ("address", "West Lake 1"), ("paymentcombination", "zhifubao,weixin"),
                    ("paymentMethod", .string(method)), ("price", "100"), ("taskToken", "token-F-1-9"),
                    ("Status", "ok"),
                ]))
        transition = try scenario.answer(["done": true], at: 6)
        #expect(
            transition.lines == [
                "TaskStarted orderCompleted", "TaskSucceeded orderCompleted", "StepExited orderCompleted",
                "ExecutionSucceeded",
            ])
        #expect(transition.commands == [.executionEnded(.succeeded)])
        #expect(scenario.output?["done"] == true && scenario.output?["paymentMethod"] == .string(method))
        #expect(scenario.machine.stoppedTime == Scenario.epoch.advanced(by: .seconds(6)))
    }

    @Test func `a method the flow lacks cancels the order`() throws {
        var (scenario, transition) = try paid(by: "cash")
        #expect(
            transition.lines.suffix(6) == [
                "StepEntered paymentCombination", "StepStarted paymentCombination",
                "StepSucceeded paymentCombination",
                "StepExited paymentCombination", "StepEntered orderCanceled", "TaskScheduled orderCanceled",
            ])
        transition = try scenario.answer([:], at: 5)
        #expect(scenario.machine.status == .succeeded)
    }

    @Test func `an offer that never comes cancels the order`() throws {
        var scenario = try started()
        try scenario.answer([:], at: 1)
        #expect(try scenario.step(.timerFired, at: 299.9).isEmpty)
        let transition = try scenario.step(.timerFired, at: 300)
        #expect(
            transition.lines == [
                "TaskTimedOut generateInfo", "StepExited generateInfo", "StepEntered orderCanceled",
                "TaskScheduled orderCanceled",
            ])
        #expect(transition.events[0].detail["error"] == "FnF.TaskTimeout")
        #expect(transition.events[1].detail == ["goto": "orderCanceled", "local": [:]])
        #expect(
            scenario.machine.taskOutcome(scheduledEventID: 3)
                == TaskOutcome(eventID: 6, type: .taskTimedOut, reportKey: nil))
    }

    @Test func `a payment that never comes cancels the order, also when the service never answered`() throws {
        var scenario = try offered()
        #expect(scenario.machine.openTasks.map(\.submitted) == [false])
        let transition = try scenario.step(.timerFired, at: 302)
        #expect(transition.lines.first == "TaskTimedOut payment")
        #expect(transition.calls.map(\.stepName) == ["orderCanceled"])
    }

    @Test func `a report before the submission is accepted and the late answer dropped`() throws {
        var scenario = try started()
        let transition = try scenario.report(Self.offer, key: "k", at: 1)
        #expect(
            transition.lines.prefix(4) == [
                "TaskStarted generateInfo", "TaskSubmitted generateInfo", "TaskSucceeded generateInfo",
                "StepExited generateInfo",
            ])
        #expect(try scenario.step(.taskSubmitted(scheduledEventID: 3, output: [:]), at: 2).isEmpty)
        #expect(
            scenario.machine.taskOutcome(scheduledEventID: 3)
                == TaskOutcome(eventID: 6, type: .taskSucceeded, reportKey: "k"))
    }

    @Test func `a second report is refused with the outcome of the first, also after the end`() throws {
        var scenario = try offered()
        let outcome = TaskOutcome(eventID: 6, type: .taskSucceeded, reportKey: "k1")
        let again = Input.taskSucceeded(scheduledEventID: 3, output: [:], by: .token(reportKey: "k1"))
        #expect(throws: InputRefused.taskEnded(outcome)) { try scenario.step(again, at: 3) }
        try scenario.step(.stop(nil), at: 4)
        #expect(throws: InputRefused.taskEnded(outcome)) { try scenario.step(again, at: 5) }
        let open = Input.taskSucceeded(scheduledEventID: 9, output: [:], by: .token(reportKey: "x"))
        #expect(throws: InputRefused.executionEnded(.stopped)) { try scenario.step(open, at: 5) }
    }

    @Test func `reports that fit no task are refused`() throws {
        var (scenario, _) = try paid(by: "weixin")
        let unknown = Input.taskSucceeded(scheduledEventID: 2, output: [:], by: .token(reportKey: nil))
        #expect(throws: InputRefused.unknownTask) { try scenario.step(unknown, at: 5) }
        #expect(throws: InputRefused.reportNotAwaited) { try scenario.report([:], at: 5) }
        #expect(throws: InputRefused.alreadyStarted) { try scenario.start() }
        var idle = try Scenario(orderDemo)
        #expect(throws: InputRefused.notStarted) { try idle.step(.timerFired) }
    }

    @Test func `a stop ends it at once, and once`() throws {
        var scenario = try offered()
        let transition = try scenario.step(.stop(FlowFailure(error: "Mine", cause: "because")), at: 3)
        #expect(transition.lines == ["ExecutionStopped"])
        #expect(scenario.machine.status == .stopped && scenario.machine.outputText == nil)
        #expect(scenario.machine.failure == FlowFailure(error: "Mine", cause: "because"))
        #expect(throws: InputRefused.executionEnded(.stopped)) { try scenario.step(.stop(nil), at: 4) }
        #expect(try scenario.step(.timerFired, at: 9999).isEmpty)
    }

    @Test func `the flow's timeout ends whatever it waits for`() throws {
        var (scenario, _) = try paid(by: "weixin")
        #expect(scenario.machine.nextDeadline == Scenario.epoch.advanced(by: .seconds(3600)))
        #expect(try scenario.step(.timerFired, at: 3599).isEmpty)
        #expect(try scenario.step(.timerFired, at: 3600).lines == ["ExecutionTimedOut"])
        #expect(scenario.machine.status == .timedOut)
    }

    @Test func `a failure the flow does not catch fails it`() throws {
        var scenario = try started()
        let failure = FlowFailure(error: "FnF.UnboundResource", cause: "no binding")
        let transition = try scenario.step(.taskSubmitFailed(scheduledEventID: 3, failure), at: 1)
        #expect(
            transition.lines == [
                "TaskStarted generateInfo", "TaskSubmitFailed generateInfo", "StepFailed generateInfo",
                "ExecutionFailed",
            ])
        #expect(scenario.machine.status == .failed && scenario.machine.failure == failure)
        var (late, _) = try paid(by: "weixin")
        let uncaught = try late.refuse("PaymentRefused", at: 5)
        #expect(
            uncaught.lines == [
                "TaskStarted weixin", "TaskFailed weixin", "StepFailed weixin",
                "StepFailed paymentCombination",
                "ExecutionFailed",
            ])
    }

    @Test func `the published text has no fault, not even a warning`() {
        #expect(FlowParser.parse(orderDemo).diagnostics == [])
    }

    @Test func `the starter's text and labels are kept`() throws {
        var scenario = try Scenario(orderDemo)
        let text = #"{ "orderNum": "N1", "supplier":"s", "products":"p","address":"a" }"#
        let input = try #require(JSONParser.parse(text).objectValue)
        try scenario.step(.start(input: input, inputText: text, labels: ["order": "N1"]))
        #expect(scenario.machine.inputText == text && scenario.machine.labels == ["order": "N1"])
    }

    @Test func `an input without a key the flow reads fails by name`() throws {
        var scenario = try Scenario(orderDemo)
        let transition = try scenario.start(["orderNum": "N1"])
        #expect(
            transition.lines == [
                "ExecutionStarted", "StepEntered generateInfo", "StepFailed generateInfo", "ExecutionFailed",
            ])
        #expect(scenario.machine.failure?.error == "FnF.InvalidMapping")
        #expect(scenario.machine.failure?.cause.contains("$input.products") == true)
    }
}
