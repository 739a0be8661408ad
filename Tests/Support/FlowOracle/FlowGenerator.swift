import FlowSimulation
package import Primitives

/// Keys that a step surely finds in its parent's input and local, as far as the generator knows.
struct KnownKeys {
    var input: Set<String>
    var local: Set<String> = []

    var all: Set<String> { input.union(local) }
}

/// Makes flows of every step type. A key's name tells its type: `n`, `secs` numbers, `s`, `ts` texts, `ok`,
/// `again` booleans, `list` an array of objects, `obj` an object.
///
/// Most paths are there, so that flows come far; some are not.
package struct FlowGenerator {
    static let inputKeys: Set<String> = ["n", "s", "ok", "list", "obj", "secs", "ts"]
    static let errors = ["E1", "E2", "FC.Unknown", "FnF.TaskTimeout"]

    var random: SeededGenerator
    var names = 0
    /// Steps that may still be made.
    var budget: Int
    var forks = false

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        budget = 0
        budget = number(3...26)
    }

    package mutating func flow() -> PlainFlow {
        var flow = PlainFlow()
        forks = chance(60)
        flow.forks = forks
        if chance(12) { flow.inputMappings = mappings(KnownKeys(input: Self.inputKeys), keeping: true) }
        let input = flow.inputMappings.map { Set($0.map(\.target)) } ?? Self.inputKeys
        let (steps, local) = list(KnownKeys(input: input), depth: 0)
        flow.steps = steps
        if chance(20) { flow.outputMappings = mappings(KnownKeys(input: input, local: local)) }
        if chance(15) { flow.timeoutSeconds = Int64(number(1...3000)) }
        return flow
    }

    /// An Input for a flow.
    package mutating func input() -> JSONObject {
        let items = (0..<Int64(number(0...4))).map { index -> JSONValue in
            ["n": .integer(index), "s": .string(text()), "list": [["n": 7], ["n": .integer(index)]]]
        }
        return [
            "n": .integer(Int64(number(0...9))), "s": .string(text()), "ok": .bool(chance(50)),
            "list": .array(items), "obj": ["n": .integer(Int64(number(0...9))), "s": .string(text())],
            "secs": [0, 1, 30, 0.25, 2.5][number(0...4)],
            "ts": .string(OracleClock.text(Int64(number(0...60)) * 1000 + 1)),
        ]
    }

    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    package mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }
    package mutating func seed() -> UInt64 { random.next() }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }
    mutating func text() -> String { pick(["red", "green", "blue", "ünï \"q\" \\ \n", ""]) }

    mutating func name() -> String {
        names += 1
        return pick(["step", "Work-", "_s"]) + "\(names)"
    }

    /// A list of steps, and the keys its local surely has when it has run through.
    mutating func list(_ known: KnownKeys, depth: Int) -> (steps: [PlainStep], local: Set<String>) {
        let count = min(depth == 0 ? number(2...8) : number(0...4), budget)
        budget -= count
        let names = (0..<max(count, 0)).map { _ in name() }
        var known = known
        known.local = []
        var steps: [PlainStep] = []
        /// Behind it `again` is a task's own word.
        var lastTask: Int?
        for index in names.indices {
            let place = ListPlace(names: names, index: index, lastTask: lastTask)
            let (step, output) = step(place, known, depth: depth)
            if case .task = step.body, output.contains("again") { lastTask = index }
            known.local.formUnion(output)
            steps.append(step)
        }
        return (steps, known.local)
    }
}

/// Where in its list a step is made.
struct ListPlace {
    let names: [String]
    let index: Int
    let lastTask: Int?

    var name: String { names[index] }
}
