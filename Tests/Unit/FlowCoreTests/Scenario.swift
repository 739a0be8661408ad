import FlowCore
import FlowDefinition
import FlowModel
import FlowOracle
import FlowParsing
import Primitives
import Testing

/// Tokens anybody can read.
struct PlainMint: TaskTokenMint {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String {
        "token-\(flow)-\(execution)-\(scheduledEventID)"
    }
}

/// One execution under test: each step also proves the laws that hold for every flow.
struct Scenario {
    static let epoch = Timestamp(microseconds: 1_763_892_600_000_000)

    var machine: ExecutionMachine
    private(set) var events: [HistoryEvent] = []
    private var unanswered: [Int64: TaskInvocation] = [:]
    /// Fed event after event, as a reader that follows would be.
    private var follower: ExecutionMachine

    init(_ text: String, limits: FlowLimits = .standard, location: SourceLocation = #_sourceLocation) throws {
        let result = FlowParser.parse(text, limits: limits)
        let definition = try #require(
            result.definition, "\(result.diagnostics.map { $0.text(file: "flow", source: text) })",
            sourceLocation: location)
        machine = ExecutionMachine(definition: definition, flow: "F", execution: "1", limits: limits)
        follower = machine
    }

    typealias SourceLocation = Testing.SourceLocation

    /// Seconds after `epoch`.
    @discardableResult
    mutating func step(
        _ input: Input, at seconds: Double = 0, location: SourceLocation = #_sourceLocation
    ) throws -> Transition {
        let before = machine
        let now = Self.epoch.advanced(by: .microseconds(Int64(seconds * 1_000_000)))
        let transition: Transition
        do { transition = try machine.step(input, at: now, mint: PlainMint()) } catch {
            #expect(machine == before, "a refused input changes nothing", sourceLocation: location)
            throw error
        }
        events += transition.events
        try checkReplay(transition, location)
        checkOutstanding(transition, location)
        checkNumbers(transition, location)
        return transition
    }

    private mutating func checkReplay(_ transition: Transition, _ location: SourceLocation) throws {
        var replayed = ExecutionMachine(
            definition: machine.definition, flow: "F", execution: "1", limits: machine.limits)
        let stored = try events.storedAndRead
        let completed = try replayed.apply(stored)
        #expect(replayed == machine, "a replay equals the machine that stepped", sourceLocation: location)
        #expect(completed == events, "a replay completes what was stored", sourceLocation: location)
        var older = ExecutionMachine(
            definition: machine.definition, flow: "F", execution: "1", limits: machine.limits)
        #expect(try older.apply(events.map(\.whole)).map(\.detail) == events.map(\.detail))
        #expect(older == machine, "rows of the first release, with whole details", sourceLocation: location)
        for event in transition.events { try follower.apply([event]) }
        #expect(follower == machine, "a replay event by event is the same", sourceLocation: location)
        let restored = try ExecutionMachine(
            definition: machine.definition, flow: "F", execution: "1", limits: machine.limits,
            snapshot: machine.snapshot)
        #expect(restored == machine, "a snapshot comes back equal", sourceLocation: location)
        #expect(restored.snapshot == machine.snapshot, sourceLocation: location)
        #expect(replayed.nextDeadline == machine.nextDeadline, sourceLocation: location)
    }

    private mutating func checkOutstanding(_ transition: Transition, _ location: SourceLocation) {
        for case .invokeTask(let call) in transition.commands { unanswered[call.scheduledEventID] = call }
        let open = Dictionary(uniqueKeysWithValues: machine.openTasks.map { ($0.scheduledEventID, $0) })
        unanswered = unanswered.filter { open[$0.key]?.submitted == false }
        let expected = unanswered.values.sorted { $0.scheduledEventID < $1.scheduledEventID }
        #expect(
            follower.outstanding(mint: PlainMint()) == expected.map(Command.invokeTask),
            "outstanding is what was called and not answered", sourceLocation: location)
        if machine.status.isTerminal {
            #expect(machine.openTasks.isEmpty && machine.nextDeadline == nil, sourceLocation: location)
            if !transition.isEmpty {
                #expect(transition.commands == [.executionEnded(machine.status)], sourceLocation: location)
            }
        }
    }

    private func checkNumbers(_ transition: Transition, _ location: SourceLocation) {
        #expect(
            events.map(\.eventID) == Array(1...Int64(max(events.count, 1))).prefix(events.count).map { $0 })
        #expect(
            events.dropFirst().allSatisfy { $0.scheduleEventID > 0 && $0.scheduleEventID < $0.eventID },
            sourceLocation: location)
        #expect(events.count == Int(machine.lastEventID), sourceLocation: location)
    }

    @discardableResult
    mutating func start(
        _ input: JSONObject = [:], at seconds: Double = 0, location: SourceLocation = #_sourceLocation
    ) throws -> Transition {
        try step(
            .start(input: input, inputText: JSONValue.object(input).text, labels: [:]), at: seconds,
            location: location)
    }

    /// The only open task's id.
    func task(_ stepName: String? = nil) throws -> Int64 {
        try #require(machine.openTasks.first { stepName == nil || $0.stepName == stepName }?.scheduledEventID)
    }

    /// The service's answer to the open task.
    @discardableResult
    mutating func answer(
        _ output: JSONValue, step name: String? = nil, at seconds: Double = 0,
        location: SourceLocation = #_sourceLocation
    ) throws -> Transition {
        let id = try task(name)
        return try step(
            .taskSucceeded(scheduledEventID: id, output: output, by: .service), at: seconds,
            location: location)
    }

    @discardableResult
    mutating func refuse(
        _ error: String, at seconds: Double = 0, location: SourceLocation = #_sourceLocation
    ) throws -> Transition {
        let failure = FlowFailure(error: error, cause: "why")
        let id = try task()
        return try step(
            .taskFailed(scheduledEventID: id, failure, by: .service), at: seconds, location: location)
    }

    @discardableResult
    mutating func report(
        _ output: JSONValue, key: String? = nil, at seconds: Double = 0,
        location: SourceLocation = #_sourceLocation
    ) throws -> Transition {
        let id = try task()
        return try step(
            .taskSucceeded(scheduledEventID: id, output: output, by: .token(reportKey: key)), at: seconds,
            location: location)
    }

    var output: JSONValue? { machine.outputText.flatMap { try? JSONParser.parse($0) } }
    var lines: [String] { events.map { $0.line } }

    /// The whole history, a line for each event: `2←1 StepEntered one +0 {"input":{},"local":{}}`, with the seconds since
    /// the start.
    var golden: String {
        events.map { event in
            let seconds = Self.epoch.duration(to: event.time).components.seconds
            return "\(event.line) +\(seconds) \(JSONValue.object(event.detail).text)"
        }.joined(separator: "\n")
    }
}

extension HistoryEvent {
    /// As the first release stored it.
    var whole: HistoryEvent {
        HistoryEvent(
            eventID: eventID, scheduleEventID: scheduleEventID, type: type, stepName: stepName, time: time,
            detail: detail)
    }

    /// `2←1 StepEntered pass1`
    var line: String {
        "\(eventID)←\(scheduleEventID) \(type.rawValue)" + (stepName.isEmpty ? "" : " \(stepName)")
    }
}

extension Transition {
    var lines: [String] { events.map { $0.type.rawValue + ($0.stepName.isEmpty ? "" : " \($0.stepName)") } }

    var calls: [TaskInvocation] {
        commands.compactMap { command in
            if case .invokeTask(let call) = command { call } else { nil }
        }
    }
}
