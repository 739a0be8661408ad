import Primitives

extension FlowGenerator {
    /// A step and the keys of its output.
    mutating func step(
        _ place: ListPlace, _ known: KnownKeys, depth: Int
    ) -> (step: PlainStep, output: Set<String>) {
        var step = PlainStep(place.name, .pass)
        let isTask: Bool
        let kind = number(0...99)
        isTask = kind < 40
        if chance(20) { step.inputMappings = mappings(known, keeping: chance(70), isTask: isTask) }
        let own = step.inputMappings.map { Set($0.map(\.target)) } ?? known.all
        var output: Set<String> = []
        switch kind {
        case ..<40: (step.body, output) = (.task(task(place, own)), ["again", "n", "s", "ok"])
        case ..<54: step.body = .pass
        case ..<62: step.body = .wait(wait(own))
        case ..<80: (step.body, output) = choice(place, own, depth: depth)
        case ..<87 where forks && depth < 3 && budget > 0: step.body = parallel(own, depth: depth)
        case ..<95 where forks && depth < 3 && budget > 0 && own.contains("list"):
            step.body = foreach(own, depth: depth)
        case ..<97: step.body = .succeed
        case 99: step.body = .fail(error: chance(70) ? "Mine" : nil, cause: chance(50) ? "because" : nil)
        default: step.body = .pass
        }
        if let mappings = outputMappings(step.body, own, output) {
            step.outputMappings = mappings
            output = Set(mappings.map(\.target))
        }
        if !step.isFinal, chance(6) { step.end = true }
        return (step, output)
    }

    private mutating func wait(_ own: Set<String>) -> PlainWait {
        switch number(0...9) {
        case 0..<5: return .seconds(Int64(number(0...400)))
        case 5: return .until(Int64(number(-100...100)) * 1000)
        case 6, 7: return .secondsAt(PlainPath(own.contains("secs") || chance(10) ? "secs" : "n"))
        default: return own.contains("ts") ? .untilAt(PlainPath("ts")) : .seconds(1)
        }
    }

    private mutating func choice(
        _ place: ListPlace, _ own: Set<String>, depth: Int
    ) -> (PlainBody, Set<String>) {
        var branches: [PlainBranch] = []
        var outputs: Set<String>?
        func note(_ local: Set<String>) { outputs = outputs?.intersection(local) ?? local }
        // The loop: back to a task that says when it is enough.
        if let task = place.lastTask, own.contains("again"), chance(40) {
            let condition: PlainCondition =
                chance(50)
                ? .path(PlainPath("again"))
                : .compare("==", .path(PlainPath("again")), .literal(true))
            branches.append(
                PlainBranch(condition: condition, goto: place.names[number(0...task)], hasSteps: chance(50)))
        }
        for _ in 0..<number(branches.isEmpty ? 1...3 : 0...2) {
            let (branch, local) = branch(place, own, depth: depth, condition: condition(own, depth: 0))
            note(local)
            branches.append(branch)
        }
        var otherwise: PlainBranch?
        if chance(60) {
            let (branch, local) = branch(place, own, depth: depth, condition: nil)
            note(local)
            otherwise = branch
        } else {
            note([])
        }
        return (.choice(branches, otherwise: otherwise), outputs ?? [])
    }

    private mutating func branch(
        _ place: ListPlace, _ own: Set<String>, depth: Int, condition: PlainCondition?
    ) -> (PlainBranch, Set<String>) {
        var branch = PlainBranch(condition: condition, hasSteps: chance(70))
        var local: Set<String> = []
        if branch.hasSteps, depth < 3, budget > 0 {
            (branch.steps, local) = list(KnownKeys(input: own), depth: depth + 1)
        }
        if chance(25), place.index + 1 < place.names.count {
            branch.goto = place.names[number(place.index + 1...place.names.count - 1)]
        }
        return (branch, local)
    }

    private mutating func parallel(_ own: Set<String>, depth: Int) -> PlainBody {
        .parallel((0..<number(1...3)).map { _ in list(KnownKeys(input: own), depth: depth + 1).steps })
    }

    private mutating func foreach(_ own: Set<String>, depth: Int) -> PlainBody {
        let collection = chance(6) ? PlainPath("s") : PlainPath("list")
        // The name of an index or an item may hide a key of the input.
        let item = chance(50) ? "item" : "obj"
        let index = chance(50) ? pick(["i", "n"]) : nil
        var input = own.union([item])
        if let index { input.insert(index) }
        return .foreach(
            collection: collection, item: item, index: index,
            list(KnownKeys(input: input), depth: depth + 1).steps)
    }

    mutating func condition(_ own: Set<String>, depth: Int) -> PlainCondition {
        if depth < 2, chance(20) {
            let left = condition(own, depth: depth + 1)
            let right = condition(own, depth: depth + 1)
            switch number(0...2) {
            case 0: return .and(left, right)
            case 1: return .or(left, right)
            default: return .not(left)
            }
        }
        let sign = pick(["==", "!=", "<", "<=", ">", ">="])
        switch number(0...7) {
        case 0, 1: return .compare(sign, .path(PlainPath("n")), .literal(.integer(Int64(number(-1...9)))))
        case 2: return .compare(sign, .path(PlainPath("n")), .literal(.number(4.5)))
        case 3: return .compare(sign, .path(PlainPath("s")), .literal(.string(pick(["red", "green", "x"]))))
        case 4: return .path(PlainPath(pick(["ok", "ok", "s", "none"])))
        case 5: return .contained(.path(PlainPath(pick(["n", "s"]))), [1, 2, 3, "red", "blue"])
        case 6: return .compare(sign, .path(PlainPath([.key("obj"), .key("n")])), .path(PlainPath("n")))
        default: return .compare(pick(["==", "!="]), .path(PlainPath("none")), .literal("red"))
        }
    }
}

extension PlainStep {
    /// Takes no `end`.
    var isFinal: Bool {
        switch body {
        case .succeed, .fail: true
        default: false
        }
    }
}
