import HTTPMessage
import FlowDefinition
import FlowModel
import FlowSimulation
import Primitives
import WebPages

/// What is simulated: an input, and what each task answers. Read from a form, with what is wrong in it.
struct SimulationForm: Sendable {
    /// Tasks that have fields of their own; the others succeed with an empty object.
    static let tasksMax = 40

    enum Outcome: String, Sendable, CaseIterable {
        case success, failure, never
    }

    struct MockFields: Sendable {
        let step: String
        let resource: String
        let waitsForReport: Bool
        let hasTimeout: Bool
        var outcome = Outcome.success
        var result = "{}"
        var error = ""
        var cause = ""
        var delay = ""
        var fault: String?
    }

    var input: String
    var inputFault: String?
    var mocks: [MockFields]
    private(set) var tasksLeftOut: Int

    var isRight: Bool { inputFault == nil && mocks.allSatisfy { $0.fault == nil } }

    /// As a form begins.
    init(_ definition: FlowDefinition) {
        input = JSONValue.object(InputSketch.input(of: definition)).prettyText
        let tasks = definition.allSteps.compactMap { step -> MockFields? in
            guard case .task(let task) = step.body else { return nil }
            return MockFields(
                step: step.name, resource: task.resourceArn, waitsForReport: task.pattern.waitsForReport,
                hasTimeout: task.timeoutSeconds != nil,
                result: JSONValue.object(InputSketch.result(of: step)).text)
        }
        mocks = Array(tasks.prefix(Self.tasksMax))
        tasksLeftOut = tasks.count - mocks.count
    }

    /// As it was sent.
    init(_ definition: FlowDefinition, _ request: PageRequest) {
        self.init(definition)
        input = request.field("input")
        if input.isEmpty { input = "{}" }
        switch Result(catching: { try JSONParser.parse(input) }) {
        case .success(.object): break
        case .success(let other): inputFault = "An Input is a JSON object; this is \(other.kind)."
        case .failure(let fault): inputFault = "That is no JSON: \(fault)."
        }
        for index in mocks.indices { mocks[index].read(request) }
    }

    var inputObject: JSONObject { (try? JSONParser.parse(input))?.objectValue ?? JSONObject() }

    /// On one line, for a command.
    var inputText: String { JSONValue.object(inputObject).text }

    /// As the engine's machine takes them. What has no fields succeeds with an empty object.
    var standIns: Mocks {
        Mocks(
            steps: Dictionary(mocks.map { ($0.step, Mock(sequence: [$0.answer])) }) { $1 },
            fallback: Mocks.empty.fallback)
    }

    /// The same as `fnfctl flow simulate --mock` reads it; JSON is YAML.
    var mocksText: String {
        let steps = JSONObject(mocks.map { ($0.step, $0.json) })
        return JSONValue.object(["default": ["result": [:]], "steps": .object(steps)]).prettyText
    }
}

extension SimulationForm.MockFields {
    fileprivate mutating func read(_ request: PageRequest) {
        outcome = .init(rawValue: request.field("outcome-\(step)")) ?? .success
        if request.form["result-\(step)"] != nil { result = request.field("result-\(step)") }
        if result.isEmpty { result = "{}" }
        error = request.field("error-\(step)")
        cause = request.field("cause-\(step)")
        delay = request.field("delay-\(step)")
        if outcome == .success {
            do { _ = try JSONParser.parse(result) } catch { fault = "The result is no JSON: \(error)." }
        }
        if outcome == .failure, error.isEmpty { fault = "Name the error, for example FC.ResourceThrottled." }
        if !delay.isEmpty, SpanText.duration(delay) == nil {
            fault = "“\(delay)” is no length of time: write seconds, or 500ms, 2m, 1h, 30d."
        }
    }

    var answer: MockAnswer {
        let ending: MockAnswer.Ending =
            switch outcome {
            case .success: .result((try? JSONParser.parse(result)) ?? .object(JSONObject()))
            case .failure: .failure(FlowFailure(error: error, cause: cause))
            case .never: .never
            }
        return MockAnswer(ending, after: SpanText.duration(delay) ?? .zero)
    }

    fileprivate var json: JSONValue {
        var object = JSONObject()
        switch outcome {
        case .success: object["result"] = (try? JSONParser.parse(result)) ?? .object(JSONObject())
        case .failure:
            object["error"] = .string(error)
            if !cause.isEmpty { object["cause"] = .string(cause) }
        case .never: object["never"] = true
        }
        if !delay.isEmpty { object["delay"] = .string(delay) }
        return .object(object)
    }
}
