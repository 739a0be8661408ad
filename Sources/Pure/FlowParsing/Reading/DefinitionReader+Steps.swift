import FlowDefinition
import FlowModel
import Primitives

extension DefinitionReader {
    static let commonKeys = ["type", "name", "end", "inputMappings", "outputMappings", "description"]
    static let keysByType: [String: [String]] = [
        "task": [
            "resourceArn", "action", "pattern", "serviceParams", "timeoutSeconds", "retry", "catch",
            "errorMappings",
        ],
        "pass": [], "wait": ["duration", "timestamp"], "choice": ["choices", "default"],
        "parallel": ["branches"],
        "foreach": ["iterationMapping", "steps"], "succeed": [], "fail": ["error", "cause"],
    ]
    /// Of every step type and, as it is often looked for there, `goto`.
    static let allStepKeys = keysByType.values.flatMap { $0 } + ["goto"]

    /// One serial list; its gotos are checked against its names later.
    mutating func steps(_ nodes: [SourceNode]) -> [Step] {
        guard nodes.isEmpty || faults.path.count < limits.nestingMax else {
            let location = nodes.first?.location ?? .none
            faults.error("too-deep", "steps are nested deeper than \(limits.nestingMax) levels", at: location)
            return []
        }
        let firstGoto = gotos.count
        let steps = nodes.compactMap { step($0) }
        // Also of steps that could not be read: a goto to them is not wrong for that.
        let siblings = nodes.compactMap(announcedName)
        for index in gotos.indices.dropFirst(firstGoto) where gotos[index].depth == faults.path.count {
            gotos[index].siblings = siblings
        }
        return steps
    }

    private mutating func step(_ node: SourceNode) -> Step? {
        stepCount += 1
        guard stepCount <= limits.stepsMax else {
            if stepCount == limits.stepsMax + 1 {
                faults.error(
                    "too-many-steps", "the flow has more than \(limits.stepsMax) steps", at: node.location)
            }
            return nil
        }
        let name = announcedName(node)
        faults.path.append(name ?? "?")
        defer { faults.path.removeLast() }
        guard let type = stepType(node) else {
            readInside(node)
            return nil
        }
        let known = Self.commonKeys + (Self.keysByType[type] ?? [])
        guard let fields = fields(node, of: "the \(type) step", known: known, elsewhere: Self.allStepKeys)
        else {
            return nil
        }
        let location = fields["name"]?.location ?? node.location
        let checkedName = checkedName(fields, location)
        let end = boolean(fields, "end") ?? false
        let inputMappings = mappings(fields, "inputMappings")
        let body = body(type, fields)
        let outputMappings = mappings(fields, "outputMappings")
        guard let body, let checkedName else { return nil }
        return Step(
            name: checkedName, body: body, end: end, inputMappings: inputMappings,
            outputMappings: outputMappings,
            location: location)
    }

    /// The name for the step path, before anything is checked.
    private func announcedName(_ node: SourceNode) -> String? {
        guard case .map(let entries) = node.content, let entry = entries.first(where: { $0.key == "name" }),
            case .scalar(_, let text) = entry.value.content
        else { return nil }
        return text
    }

    private mutating func stepType(_ node: SourceNode) -> String? {
        guard case .map(let entries) = node.content else {
            faults.error(
                "wrong-type", "a step must be a map of keys and values, found \(node.kind)", at: node.location
            )
            return nil
        }
        let fields = Fields(owner: "a step", location: node.location, entries: entries)
        let known = Self.keysByType.keys.sorted()
        guard let type = string(fields, "type", required: true) else { return nil }
        guard Self.keysByType[type] != nil else {
            unknownType(type, at: fields["type"]?.location ?? node.location, known)
            return nil
        }
        return type
    }

    private mutating func unknownType(_ type: String, at location: SourceLocation, _ known: [String]) {
        guard type != "loop" else {
            faults.error(
                "unknown-step-type",
                "the step type \"loop\" was never documented, and fnf does not run it; it stands only in an "
                    + "old editor's schema", at: location,
                fix: "jump back by a choice: choices: [{condition: …, goto: <the first step to repeat>}]")
            return
        }
        let nearest = Self.suggestion(for: type, in: known)
        faults.error(
            "unknown-step-type", "the step type \"\(type)\" is unknown", at: location,
            fix: nearest.map { "did you mean \"\($0)\"?" }
                ?? "use one of \(known.joined(separator: ", "))")
    }

    /// What stands in a step of an unknown type is read all the same, for its faults and its names.
    private mutating func readInside(_ node: SourceNode) {
        guard case .map(let entries) = node.content else { return }
        let fields = Fields(owner: "a step", location: node.location, entries: entries)
        if fields["name"] != nil { _ = checkedName(fields, fields["name"]?.location ?? node.location) }
        readLists(fields)
        for key in ["branches", "choices"] {
            guard case .list(let elements)? = fields[key]?.content else { continue }
            for element in elements { readLists(in: element) }
        }
        if let node = fields["default"] { readLists(in: node) }
    }

    private mutating func readLists(in node: SourceNode) {
        guard case .map(let entries) = node.content else { return }
        readLists(Fields(owner: "a branch", location: node.location, entries: entries))
    }

    private mutating func readLists(_ fields: Fields) {
        if case .list(let nodes)? = fields["steps"]?.content { _ = steps(nodes) }
    }

    private mutating func checkedName(_ fields: Fields, _ location: SourceLocation) -> String? {
        guard let name = string(fields, "name", required: true) else { return nil }
        if name.utf8.count > NameRule.bytesMax {
            faults.error("bad-name", NameRule.check(name, kind: .step) ?? "", at: location)
            return nil
        }
        if let sentence = NameRule.check(name, kind: .step) {
            faults.warning(
                "unusual-name", sentence, at: location,
                fix: "a command line or a log may not take it as it is")
        }
        if let first = names[name] {
            faults.error(
                "duplicate-step-name", "the step name \"\(name)\" stands on line \(first.line) already",
                at: location,
                fix: "a name must be unique in the whole definition, nested steps included")
            return name
        }
        names[name] = location
        return name
    }

    private mutating func body(_ type: String, _ fields: Fields) -> StepBody? {
        switch type {
        case "task": task(fields).map(StepBody.task)
        case "pass": .pass
        case "wait": wait(fields).map(StepBody.wait)
        case "choice": choice(fields).map(StepBody.choice)
        case "parallel": parallel(fields).map(StepBody.parallel)
        case "foreach": foreach(fields).map(StepBody.foreach)
        case "succeed": .succeed
        default: .fail(failStep(fields))
        }
    }

    private mutating func failStep(_ fields: Fields) -> FailStep {
        let error = string(fields, "error")
        if let error, error.utf8.count > limits.errorBytesMax, let node = fields["error"] {
            outOfRange(
                "error", node, "\(error.utf8.count) bytes long", "at most \(limits.errorBytesMax) bytes long")
        }
        let cause = string(fields, "cause")
        if let cause, cause.utf8.count > limits.causeBytesMax, let node = fields["cause"] {
            outOfRange(
                "cause", node, "\(cause.utf8.count) bytes long", "at most \(limits.causeBytesMax) bytes long")
        }
        return FailStep(error: error, cause: cause)
    }
}
