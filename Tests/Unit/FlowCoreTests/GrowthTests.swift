import FlowCore
import FlowModel
import Primitives
import Testing

/// What is written for a step does not grow with what came before it or with what it inherits.
struct GrowthTests {
    private func flow(_ steps: String) -> String { "version: v1\ntype: flow\nsteps:\n\(steps)" }

    private func machine(_ steps: String, _ edit: (inout FlowLimits) -> Void) throws -> ExecutionMachine {
        var limits = FlowLimits()
        edit(&limits)
        return try Scenario(flow(steps), limits: limits).machine
    }

    /// Stored bytes of all events, and the longest snapshot behind a transition.
    private func run(
        _ machine: ExecutionMachine, _ input: JSONObject
    ) throws -> (machine: ExecutionMachine, stored: Int, longestState: Int) {
        var machine = machine
        var (stored, longest) = (0, 0)
        var next = Input.start(input: input, inputText: JSONValue.object(input).text, labels: [:])
        while !machine.status.isTerminal {
            let transition = try machine.step(next, at: Scenario.epoch, mint: PlainMint())
            try #require(!transition.isEmpty)
            var buffer: [UInt8] = []
            StoredEvents.write(transition.events, into: &buffer)
            stored += buffer.count
            longest = max(longest, machine.snapshot.count)
            next = .timerFired
        }
        return (machine, stored, longest)
    }

    @Test(arguments: ["", ", inputMappings: [{target: own, source: $input.item}]"])
    func `the stored bytes of an item of a foreach do not grow with the collection`(mappings: String) throws {
        func bytesPerItem(_ count: Int) throws -> Double {
            let machine = try machine(
                """
                - type: foreach
                  name: each
                  iterationMapping: {collection: $.items, item: item}
                  steps:
                    - {type: pass, name: one\(mappings), outputMappings: [{target: v, source: 1}]}
                    - {type: pass, name: two}
                """
            ) { $0.historyEventsMax = 1_000_000 }
            let items = JSONValue.array((0..<count).map { .string("item \($0 % 10)") })
            let run = try run(machine, ["items": items])
            #expect(run.machine.status == .succeeded)
            return Double(run.stored) / Double(count)
        }
        let (few, many) = (try bytesPerItem(100), try bytesPerItem(2_000))
        // Numbers of events have more digits; whole, the collection alone would be 60 KB for each item.
        #expect(many < few * 1.1, "\(few) bytes for an item of 100, \(many) for one of 2,000")
        #expect(many < 1_500)
    }

    @Test func `a loop of 100,000 steps is always continued from a short state and few events`() throws {
        let machine = try machine(
            """
            - {type: pass, name: p}
            - {type: choice, name: c, choices: [{condition: "true", goto: p}]}
            """
        ) { $0.historyEventsMax = 400_000 }
        let short = try run(
            try self.machine(
                """
                - {type: pass, name: p}
                - {type: choice, name: c, choices: [{condition: "true", goto: p}]}
                """
            ) { $0.historyEventsMax = 10_000 }, [:])
        let run = try run(machine, [:])
        #expect(run.machine.lastEventID == 400_000)
        #expect(run.machine.failure?.error == "FnF.HistoryLimitExceeded")
        #expect(run.longestState < short.longestState + 20, "a state of \(run.longestState) bytes")
        #expect(Double(run.stored) / 400_000 < 1.1 * Double(short.stored) / 10_000)
    }
}
