import FlowCore
import FlowModel
import Primitives
import Testing

/// Any order of answers, reports, failures and timers: `Scenario` proves after each that a replay equals the machine.
struct RandomRunTests {
    static let flow = """
        version: v1
        type: flow
        timeoutSeconds: 4000
        steps:
          - type: foreach
            name: each
            iterationMapping: {collection: $.names, item: name, index: i}
            steps:
              - type: task
                name: work
                resourceArn: acs:fc:::f
                timeoutSeconds: 50
                retry: [{errors: [E, FnF.TaskTimeout], intervalSeconds: 5, maxAttempts: 2}]
                catch: [{errors: [FnF.TaskTimeout, E], goto: pause}]
              - type: choice
                name: which
                choices:
                  - condition: $.v > 5
                    steps: [{type: pass, name: large, end: true}]
                    goto: done
                default: {goto: pause}
              - {type: wait, name: pause, duration: 7}
              - {type: pass, name: done, outputMappings: [{target: v, source: $input.i}]}
            outputMappings: [{target: all, source: "$local[*].v"}]
          - type: parallel
            name: both
            branches:
              - steps:
                - type: task
                  name: callback
                  resourceArn: acs:mns:::t
                  pattern: waitForCallback
                  timeoutSeconds: 100
                  catch: [{errors: [FnF.ALL], goto: after}]
                - {type: pass, name: after}
              - steps: [{type: wait, name: hold, duration: 30}]
            outputMappings: [{target: both, source: $local}]
        """

    @Test(arguments: 0..<60) func `every run replays as it ran and comes to an end`(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        var limits = FlowLimits()
        limits.iterationsAtOnceMax = Int.random(in: 1...4, using: &generator)
        limits.transitionEventsMax = Int.random(in: 3...60, using: &generator)
        var scenario = try Scenario(Self.flow, limits: limits)
        let count = Int64.random(in: 0...6, using: &generator)
        try scenario.start(["names": .array((0..<count).map { .integer($0) })])
        var now = 0.0
        var steps = 0
        while !scenario.machine.status.isTerminal {
            steps += 1
            try #require(steps < 3000)
            now += Double.random(in: 0...6, using: &generator)
            let failure = FlowFailure(error: Bool.random(using: &generator) ? "E" : "E2", cause: "")
            guard let task = scenario.machine.openTasks.randomElement(using: &generator),
                Int.random(in: 0..<4, using: &generator) > 0
            else {
                try scenario.step(.timerFired, at: now)
                continue
            }
            let id = task.scheduledEventID
            let value = JSONValue.integer(Int64.random(in: 0...9, using: &generator))
            let kind = Int.random(in: 0..<20, using: &generator)
            let by: TaskReporter =
                task.waitsForCallback && kind % 2 == 0 ? .token(reportKey: "\(steps)") : .service
            let input: Input =
                switch kind {
                case 0..<14: .taskSucceeded(scheduledEventID: id, output: ["v": value], by: by)
                case 14..<18: .taskFailed(scheduledEventID: id, FlowFailure(error: "E", cause: ""), by: by)
                case 18: .taskFailed(scheduledEventID: id, failure, by: by)
                default: .taskSubmitted(scheduledEventID: id, output: [:])
                }
            try scenario.step(input, at: now)
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
