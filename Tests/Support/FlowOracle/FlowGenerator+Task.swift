import Primitives

extension FlowGenerator {
    mutating func task(_ place: ListPlace, _ own: Set<String>) -> PlainTask {
        var task = PlainTask()
        task.pattern = pick(["requestResponse", "requestResponse", "waitForCallback", "sync"])
        if chance(45) { task.timeoutSeconds = Int64(number(1...60)) }
        if chance(45) { task.retry = (0..<number(1...2)).map { _ in retry() } }
        if chance(40) { catches(place, &task) }
        if chance(20) {
            task.serviceParams.append(("MessageBody", .path(PlainPath([]))))
            if own.contains("n") || chance(5) { task.serviceParams.append(("N", .path(PlainPath("n")))) }
            task.serviceParams.append(("Priority", .constant(1)))
        }
        return task
    }

    private mutating func retry() -> PlainRetry {
        var retry = PlainRetry(errors: chance(30) ? ["FnF.ALL"] : [pick(Self.errors), pick(Self.errors)])
        if chance(10) { retry.errors.append("FnF.InvalidLocal") }
        if chance(60) { retry.intervalSeconds = Int64(number(0...20)) }
        if chance(30) { retry.maxIntervalSeconds = Int64(number(1...30)) }
        if chance(60) { retry.maxAttempts = Int64(number(0...3)) }
        if chance(50) { retry.multiplier = [1, 1.5, 2, 3, 0.5][number(0...4)] }
        return retry
    }

    /// Backward only for what services say, which they stop saying.
    private mutating func catches(_ place: ListPlace, _ task: inout PlainTask) {
        let last = place.names.count - 1
        for _ in 0..<number(1...2) {
            if place.index < last {
                let goto = place.names[number(place.index + 1...last)]
                task.catches.append(
                    (chance(50) ? ["FnF.ALL"] : [pick(Self.errors), pick(Self.errors)], goto))
            } else {
                task.catches.append((["E1", "FC.Unknown"], place.names[number(0...place.index)]))
            }
        }
        guard chance(50) else { return }
        // The engine's own causes are its words, which no oracle knows.
        let own = ["FnF.ALL", "FnF.InvalidMapping", "FnF.InvalidLocal"]
        let isForeign = task.catches.allSatisfy { Set($0.errors).isDisjoint(with: own) }
        var mappings = [PlainMapping(target: "s", source: .local(PlainPath(pick(["error", "code"]))))]
        if isForeign { mappings.append(PlainMapping(target: "why", source: .local(PlainPath("cause")))) }
        if chance(30) { mappings.append(PlainMapping(target: "n", source: .input(PlainPath("n")))) }
        task.errorMappings = mappings
    }

    /// Mappings of a step's input, of the flow's, or of the flow's output.
    ///
    /// - Parameter keeping: most of what is known stays.
    mutating func mappings(
        _ known: KnownKeys, keeping: Bool = false, isTask: Bool = false
    ) -> [PlainMapping] {
        var mappings: [PlainMapping] = []
        for key in known.all.sorted() where chance(keeping ? 85 : 40) {
            let isLocal = known.local.contains(key) && (!known.input.contains(key) || chance(70))
            let path = PlainPath(key)
            mappings.append(PlainMapping(target: key, source: isLocal ? .local(path) : .input(path)))
        }
        for _ in 0..<number(0...2) { mappings.append(extra()) }
        if isTask, chance(50) {
            mappings.append(.init(target: "token", source: .context(["task", "token"])))
        }
        if chance(3) { mappings.append(.init(target: "lost", source: .input(PlainPath("nowhere")))) }
        return mappings
    }

    private mutating func extra() -> PlainMapping {
        switch number(0...8) {
        case 0: .init(target: "n", source: .constant(.integer(Int64(number(-3...12)))))
        case 1: .init(target: "s", source: .constant(.string(pick(["", "/", "-", "a b", "http://x/$y"]))))
        case 2: .init(target: "whole", source: .input(PlainPath([])))
        case 3: .init(target: "parent", source: .local(PlainPath([])))
        case 4: .init(target: "who", source: .context(["execution", "name"]))
        case 5: .init(target: "flow", source: .context(["flow", "name"]))
        case 6: .init(target: "obj", source: .constant(["n": 2, "s": "$input.s", "deep": [[], [:]]]))
        case 7: .init(target: "list", source: .constant([["n": 1], ["n": 2, "s": "x"]]))
        default: .init(target: "a.b", source: .constant(true))
        }
    }

    /// Nil: none, so the step's own rule holds.
    mutating func outputMappings(
        _ body: PlainBody, _ own: Set<String>, _ local: Set<String>
    ) -> [PlainMapping]? {
        switch body {
        case .parallel, .foreach:
            guard chance(75) else { return nil }
            var mappings = [
                PlainMapping(target: "list", source: .local(PlainPath([]))),
                PlainMapping(target: "all", source: .local(PlainPath([.each, .key("n")]))),
            ]
            if chance(30) {
                mappings.append(
                    .init(target: "flat", source: .local(PlainPath([.each, .key("list"), .each, .key("n")]))))
            }
            if chance(10) {
                mappings.append(.init(target: "n", source: .local(PlainPath([.index(0), .key("n")]))))
            }
            return mappings
        default: break
        }
        guard chance(25) else { return nil }
        var mappings: [PlainMapping] = []
        for key in local.sorted() where chance(70) {
            mappings.append(PlainMapping(target: key, source: .local(PlainPath(key))))
        }
        for key in own.sorted() where chance(20) {
            mappings.append(PlainMapping(target: key, source: .input(PlainPath(key))))
        }
        if chance(20) { mappings.append(.init(target: "step", source: .context(["step", "name"]))) }
        if !forks, chance(20) { mappings.append(.init(target: "id", source: .context(["step", "eventId"]))) }
        if chance(20) { mappings.append(extra()) }
        return mappings
    }
}
