import FlowCore
import FlowDefinition
import FlowModel
import FlowOracle
import FlowParsing
import FlowSimulation
import Primitives

/// A run of the machine through a random flow, with services that answer, fail, and stay away at random.
struct RandomRun {
    let definition: FlowDefinition
    let text: String
    let input: JSONObject
    let outcome: SimulationOutcome

    /// Nil when the run does not end within what a test can look at.
    init?(seed: UInt64, eventsMax: Int = 400) {
        var generator = FlowGenerator(seed: seed)
        let flow = generator.flow()
        guard let definition = FlowParser.parse(flow.text).definition else { return nil }
        input = generator.input()
        var bounds = SimulationBounds()
        bounds.eventsMax = eventsMax
        if seed % 11 == 0 {
            bounds.stop = .init(after: .milliseconds(7_001), failure: FlowFailure(error: "Enough", cause: ""))
        }
        var simulation = Simulation(
            definition, tasks: UnsteadyTasks(seed: seed), flow: "f", execution: "e", bounds: bounds)
        let outcome = simulation.run(input: input)
        guard !outcome.events.isEmpty, outcome.events.count <= eventsMax else { return nil }
        self.definition = definition
        text = flow.text
        self.outcome = outcome
    }

    init(_ definition: FlowDefinition, _ text: String, _ input: JSONObject, _ outcome: SimulationOutcome) {
        self.definition = definition
        self.text = text
        self.input = input
        self.outcome = outcome
    }

    static func some(_ seeds: Range<UInt64>) -> [RandomRun] { seeds.compactMap { RandomRun(seed: $0) } }

    /// The machine as it was behind the event.
    func machine(at event: Int64) throws -> ExecutionMachine {
        var machine = ExecutionMachine(definition: definition, flow: "f", execution: "e")
        try machine.apply(outcome.events.filter { $0.eventID <= event })
        return machine
    }
}

/// Answers by chance, the same for the same seed; after some calls of a step it only succeeds, so that loops
/// end.
struct UnsteadyTasks: TaskStandIn {
    private var random: SeededGenerator
    private var calls: [String: Int] = [:]

    init(seed: UInt64) { random = SeededGenerator(seed: seed &* 31 &+ 7) }

    mutating func observe(_: [HistoryEvent]) {}

    mutating func answer(to call: TaskInvocation) -> MockAnswer? {
        calls[call.stepName, default: 0] += 1
        let isTired = calls[call.stepName, default: 0] > 4
        let delay = Duration.milliseconds(Int.random(in: 1...9_999, using: &random))
        let result: JSONObject = [
            "again": .bool(!isTired && Bool.random(using: &random)),
            "n": .integer(Int64.random(in: 0...9, using: &random)), "s": "red",
            "ok": .bool(Bool.random(using: &random)), "list": [["n": 1], ["n": 2]],
        ]
        var answer = MockAnswer(.result(.object(result)), after: delay)
        answer.submissionDelay = Bool.random(using: &random) ? .zero : .milliseconds(1)
        guard !isTired else { return answer }
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: answer.ending = .failure(FlowFailure(error: "E1", cause: "by chance"))
        case 2: answer.submission = .refused(FlowFailure(error: "E2", cause: "not now"))
        case 3: answer.ending = .never
        default: break
        }
        return answer
    }
}
