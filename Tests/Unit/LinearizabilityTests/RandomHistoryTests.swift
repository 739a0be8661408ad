import Linearizability
import Testing

/// Histories of an object that is right by construction: each call takes effect at one moment between its ends.
@Suite struct RandomHistoryTests {
    typealias Record = CallRecord<ExecutionModel.Call, ExecutionModel.Answer>

    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// What the engine would answer, and where that leads.
    private func answer(_ state: ExecutionModel.State, _ call: ExecutionModel.Call) -> ExecutionModel.Answer {
        switch (call, state) {
        case (.start(let input), .absent): .record(status: "Running", input: input)
        case (.start, .open(let input)), (.describe, .open(let input)):
            .record(status: "Running", input: input)
        case (.start, .ended(let input, _, _, _)): .alreadyExists(input: input)
        case (.report(let isSuccess, let key), .ended(_, let status, let first, _)):
            first == key && (status == "Succeeded") == isSuccess ? .accepted(event: 6) : .alreadyCompleted
        case (.report, .open): .accepted(event: 6)
        case (.stop, .open(let input)): .record(status: "Stopped", input: input)
        case (.stop, .ended): .alreadyCompleted
        case (.describe, .ended(let input, let status, _, _)): .record(status: status, input: input)
        case (_, .absent): .notExists
        }
    }

    private func history(_ seed: UInt64) -> [Record] {
        var generator = Generator(state: seed)
        let model = ExecutionModel()
        var state = model.initial
        var records: [Record] = []
        for moment in 1...30 {
            let chance = Int.random(in: 0..<10, using: &generator)
            let key = "k\(Int.random(in: 0..<3, using: &generator))"
            let call: ExecutionModel.Call =
                switch chance {
                case 0...2: .start(input: key)
                case 3...4: .report(isSuccess: chance == 3, key: key)
                case 5: moment > 20 ? .stop : .describe
                default: .describe
                }
            let answer = answer(state, call)
            // A third of them is not answered: some of these happened.
            let isLost = Int.random(in: 0..<6, using: &generator) == 0
            if !isLost || Bool.random(using: &generator) {
                guard let next = model.next(state, call, answer).first else { return [] }
                state = next
            }
            let time = Int64(moment) * 10
            records.append(
                Record(
                    client: 0, begin: time - Int64.random(in: 0...40, using: &generator),
                    end: time + Int64.random(in: 0...40, using: &generator), call: call,
                    answer: isLost ? nil : answer))
        }
        return records.shuffled(using: &generator)
    }

    @Test func `what an object does that is right is always possible`() {
        for seed: UInt64 in 1...300 {
            let history = history(seed)
            #expect(history.count == 30)
            let verdict = LinearizabilityCheck(ExecutionModel(), history).verdict
            #expect(verdict == .linearizable, "seed \(seed)")
        }
    }

    @Test func `an answer of another world is found in most of them`() {
        var found = 0
        for seed: UInt64 in 1...300 {
            var history = history(seed)
            guard let index = history.firstIndex(where: { $0.call == .describe && $0.answer != nil }) else {
                continue
            }
            history[index].answer = .record(status: "Succeeded", input: "nobody's")
            if LinearizabilityCheck(ExecutionModel(), history).verdict != .linearizable { found += 1 }
        }
        #expect(found > 290)
    }
}
