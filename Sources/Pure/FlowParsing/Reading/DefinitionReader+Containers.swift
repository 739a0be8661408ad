import FlowDefinition
import FlowModel
import Primitives

extension DefinitionReader {
    mutating func choice(_ fields: Fields) -> ChoiceStep? {
        guard fields["choices"] != nil || fields["default"] != nil else {
            missing("choices", in: fields)
            return nil
        }
        let branches = (list(fields, "choices") ?? []).compactMap { branch($0) }
        guard let node = fields["default"] else { return ChoiceStep(branches: branches) }
        guard
            let otherwise = self.fields(
                node, of: "the default of a choice", known: ["steps", "goto", "description"])
        else { return nil }
        let steps = list(otherwise, "steps").map { self.steps($0) } ?? []
        return ChoiceStep(branches: branches, otherwise: DefaultBranch(steps: steps, goto: goto(otherwise)))
    }

    private mutating func branch(_ node: SourceNode) -> ChoiceBranch? {
        let known = ["condition", "steps", "goto", "description"]
        guard let fields = fields(node, of: "a branch of a choice", known: known) else { return nil }
        let condition = condition(fields)
        let steps = list(fields, "steps").map { self.steps($0) } ?? []
        let goto = goto(fields)
        return condition.map {
            ChoiceBranch(
                condition: $0, steps: steps, goto: goto,
                location: fields["condition"]?.location ?? fields.location)
        }
    }

    /// `condition: true` is a boolean to YAML and a condition to its author.
    private mutating func condition(_ fields: Fields) -> Condition? {
        guard let node = fields["condition"] else {
            missing("condition", in: fields, fix: "e.g. condition: $.status == \"ready\"")
            return nil
        }
        guard case .scalar(_, let text) = node.content else {
            wrongType("condition", node, expected: "a text")
            return nil
        }
        do { return try Condition(text) } catch {
            faults.error(
                "bad-condition", "the condition cannot be read: \(error.reason)",
                at: place(in: node, offset: error.offset), fix: "e.g. $.status == \"ready\" && $.count > 3")
            return nil
        }
    }

    mutating func parallel(_ fields: Fields) -> ParallelStep? {
        guard let nodes = list(fields, "branches", required: true) else { return nil }
        guard nodes.count <= limits.branchesMax else {
            faults.error(
                "too-many-branches",
                "the step has \(nodes.count) branches; at most \(limits.branchesMax) are allowed",
                at: fields.keyLocation("branches"))
            return nil
        }
        let branches = nodes.map { node -> [Step]? in
            guard let branch = self.fields(node, of: "a branch", known: ["steps", "name", "description"])
            else {
                return nil
            }
            return list(branch, "steps", required: true).map { self.steps($0) }
        }
        return ParallelStep(branches: branches.compactMap { $0 })
    }

    mutating func foreach(_ fields: Fields) -> ForeachStep? {
        let iteration = iteration(fields)
        let steps = list(fields, "steps", required: true).map { self.steps($0) }
        guard let iteration, let steps else { return nil }
        return ForeachStep(
            collection: iteration.collection, item: iteration.item, index: iteration.index, steps: steps,
            location: iteration.location)
    }

    private mutating func iteration(
        _ fields: Fields
    ) -> (collection: JSONPath, item: String, index: String?, location: SourceLocation)? {
        guard let node = fields["iterationMapping"] else {
            missing(
                "iterationMapping", in: fields,
                fix: "e.g. iterationMapping: {collection: $.names, item: name}")
            return nil
        }
        let known = ["collection", "item", "index", "description"]
        guard let mapping = self.fields(node, of: "the iterationMapping", known: known) else { return nil }
        let text = string(mapping, "collection", required: true)
        let item = string(mapping, "item", required: true)
        let index = string(mapping, "index")
        guard let text, let item, let collectionNode = mapping["collection"],
            let path = ownInputPath(text, "collection", collectionNode)
        else { return nil }
        return (path, item, index, collectionNode.location)
    }
}
