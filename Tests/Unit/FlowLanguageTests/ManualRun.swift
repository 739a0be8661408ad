import FlowCore
import FlowDefinition
import FlowModel
import Primitives
import Testing

/// One execution of a manual's flow: the machine, the answers that the case gives, and time that jumps.
struct ManualRun {
    struct Mint: TaskTokenMint {
        func token(flow: String, execution: String, scheduledEventID: Int64) -> String {
            "token-\(scheduledEventID)"
        }
    }

    static let epoch = Timestamp(microseconds: 1_763_892_600_000_000)

    private(set) var machine: ExecutionMachine
    private(set) var events: [HistoryEvent] = []
    private let answers: JSONObject
    private var calls: [String: Int] = [:]
    private var inputs: [Input] = []
    private var now = epoch

    init(_ definition: FlowDefinition, _ example: JSONObject) throws {
        machine = ExecutionMachine(definition: definition, flow: "manual", execution: "example")
        answers = example["tasks"]?.objectValue ?? JSONObject()
        let input = try #require(example["input"]?.objectValue)
        inputs = [.start(input: input, inputText: JSONValue.object(input).text, labels: JSONObject())]
    }

    var seconds: Double {
        let last = events.last?.time ?? Self.epoch
        return Double(last.microseconds - Self.epoch.microseconds) / 1_000_000
    }

    mutating func run() throws {
        for _ in 0..<1000 where !machine.status.isTerminal {
            if inputs.isEmpty {
                now = max(now, try #require(machine.nextDeadline, "it would wait forever"))
                inputs = [.timerFired]
            }
            let transition = try machine.step(inputs.removeFirst(), at: now, mint: Mint())
            events += transition.events
            for case .invokeTask(let call) in transition.commands { answer(call) }
        }
    }

    private mutating func answer(_ call: TaskInvocation) {
        let number = calls[call.stepName, default: 0]
        calls[call.stepName] = number + 1
        let all = answers[call.stepName]?.arrayValue ?? [["result": [:]]]
        let answer = all[min(number, all.count - 1)]
        let id = call.scheduledEventID
        var reporter = TaskReporter.service
        if call.pattern.waitsForReport {
            inputs.append(.taskSubmitted(scheduledEventID: id, output: [:]))
            reporter = .token(reportKey: nil)
        }
        if let error = answer["error"]?.stringValue {
            let failure = FlowFailure(error: error, cause: answer["cause"]?.stringValue ?? "")
            inputs.append(.taskFailed(scheduledEventID: id, failure, by: reporter))
        } else if let result = answer["result"] {
            inputs.append(.taskSucceeded(scheduledEventID: id, output: result, by: reporter))
        }
    }
}
