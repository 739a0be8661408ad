/// A path that a step or the flow reads, and the shape of what it is looked up in.
struct PathReading {
    enum Root {
        /// `$input` and `$local` of the list around the step.
        case parentInput, parentLocal
        /// `$input` and `$local` of the step itself.
        case ownInput, ownLocal
        /// `$`: the step's input as its parameters and conditions read it.
        case input
        /// `$local` of errorMappings.
        case failure
        /// `$input` and `$local` of the flow's mappings.
        case flowStart, flowInput, flowLocal

        var text: String {
            switch self {
            case .parentInput, .ownInput, .flowInput: "$input"
            case .parentLocal, .ownLocal, .failure, .flowStart, .flowLocal: "$local"
            case .input: "$"
            }
        }

        func lack(of key: String) -> String {
            switch self {
            case .parentInput: "the input of this list of steps has no \"\(key)\""
            case .parentLocal: "no step before it in this list sets \"\(key)\""
            case .ownInput, .input: "the step's own input has no \"\(key)\""
            case .ownLocal: "the step's result has no \"\(key)\""
            case .failure: "of a failure there are error and cause"
            case .flowStart: "no step has run when the flow's inputMappings apply"
            case .flowInput: "the flow's inputMappings do not set \"\(key)\""
            case .flowLocal: "no step of the flow sets \"\(key)\""
            }
        }

        var remedy: String {
            switch self {
            case .parentInput: "take it from $local, or add it to the inputMappings around this list"
            case .parentLocal: "take it from $input, or add it to the outputMappings of a step before"
            case .ownInput, .input: "add it to the step's inputMappings"
            case .ownLocal: "set it in the steps inside"
            case .failure: "write $local.error or $local.cause"
            case .flowStart: "write $input"
            case .flowInput: "add it to the flow's inputMappings"
            case .flowLocal: "add it to the outputMappings of a step"
            }
        }
    }

    let root: Root
    let path: JSONPath
    let shape: Shape
    let location: SourceLocation
    let site: StepSite?
    let consequence: String

    var text: String { root.text + path.text }
}

extension PathReading {
    /// All in steps that can be reached, in the order of the text.
    static func all(in flow: ExaminedFlow, _ dataFlow: DataFlow) -> [PathReading] {
        var readings: [PathReading] = []
        let definition = flow.definition
        let unset = "the execution fails with FnF.InvalidMapping"
        add(
            definition.inputMappings, .flowInput, .unknown, .flowStart, .empty, nil, unset, &readings)
        for site in flow.sites {
            guard let scope = dataFlow.scopes[site.step.name] else { continue }
            addMappings(site, scope, &readings)
            addOwnReadings(site, scope.input, &readings)
        }
        add(
            definition.outputMappings, .flowInput, dataFlow.flowInput, .flowLocal,
            dataFlow.flowLocal ?? .unknown, nil, unset, &readings)
        return readings
    }

    private static func addMappings(
        _ site: StepSite, _ scope: StepScope, _ readings: inout [PathReading]
    ) {
        let unset = "the step fails with FnF.InvalidMapping"
        add(
            site.step.inputMappings, .parentInput, scope.parentInput, .parentLocal, scope.parentLocal, site,
            unset, &readings)
        add(
            site.step.outputMappings, .ownInput, scope.input, .ownLocal, scope.local ?? .unknown, site, unset,
            &readings)
        if case .task(let task) = site.step.body {
            add(
                task.errorMappings, .ownInput, scope.input, .failure, DataFlow.failure, site, unset,
                &readings)
        }
    }

    private static func add(
        _ mappings: [Mapping]?, _ inputRoot: Root, _ input: Shape, _ localRoot: Root, _ local: Shape,
        _ site: StepSite?, _ consequence: String, _ readings: inout [PathReading]
    ) {
        for mapping in mappings ?? [] {
            switch mapping.source {
            case .input(let path):
                readings.append(
                    PathReading(
                        root: inputRoot, path: path, shape: input, location: mapping.location, site: site,
                        consequence: outcome(of: path, else: consequence)))
            case .local(let path):
                readings.append(
                    PathReading(
                        root: localRoot, path: path, shape: local, location: mapping.location, site: site,
                        consequence: outcome(of: path, else: consequence)))
            case .context, .constant: continue
            }
        }
    }

    /// Elements that lack the rest of the path behind `[*]` are left out.
    private static func outcome(of path: JSONPath, else otherwise: String) -> String {
        path.components.contains(.each) ? "at best the result is an empty list" : otherwise
    }

    private static func addOwnReadings(
        _ site: StepSite, _ input: Shape, _ readings: inout [PathReading]
    ) {
        func add(_ path: JSONPath, _ location: SourceLocation, _ consequence: String) {
            readings.append(
                PathReading(
                    root: .input, path: path, shape: input, location: location, site: site,
                    consequence: consequence))
        }
        let unusable = "the step fails with FnF.InvalidInput"
        switch site.step.body {
        case .task(let task):
            for parameter in task.serviceParams {
                guard case .input(let path) = parameter.source else { continue }
                add(
                    path, parameter.location,
                    outcome(of: path, else: "the step fails with FnF.InvalidMapping"))
            }
        case .choice(let choice):
            for branch in choice.branches {
                for path in branch.condition.expression.paths {
                    add(path, branch.location, "a comparison with it is never true")
                }
            }
        case .foreach(let foreach): add(foreach.collection, foreach.location, unusable)
        case .wait(.secondsAt(let path)), .wait(.untilAt(let path)):
            add(path, site.step.location, unusable)
        default: return
        }
    }
}
