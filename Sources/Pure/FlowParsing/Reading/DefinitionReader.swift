import FlowDefinition
import FlowModel
import Primitives

/// Nodes → definition. Goes on after every fault, so that all are found at once.
struct DefinitionReader {
    let limits: FlowLimits
    var faults = FaultList()
    /// Where each step's name stands, over the whole definition.
    var names: [String: SourceLocation] = [:]
    /// Gotos whose targets are checked once every name is known.
    var gotos: [PendingGoto] = []
    var stepCount = 0

    init(limits: FlowLimits) { self.limits = limits }

    static let flowKeys = [
        "version", "type", "name", "description", "steps", "inputMappings", "outputMappings",
        "timeoutSeconds",
    ]

    mutating func flow(_ node: SourceNode) -> FlowDefinition? {
        if isOtherLanguage(node) { return nil }
        guard let fields = fields(node, of: "the flow", known: Self.flowKeys) else { return nil }
        let version = version(fields)
        if let type = string(fields, "type", required: true), type != "flow" {
            faults.error(
                "wrong-flow-type", "the type of a definition is \"flow\", found \"\(type)\"",
                at: fields["type"]?.location ?? fields.location, fix: "write type: flow")
        }
        let inputMappings = mappings(fields, "inputMappings")
        let steps = list(fields, "steps", required: true).map { self.steps($0) } ?? []
        let outputMappings = mappings(fields, "outputMappings")
        let timeout = integer(fields, "timeoutSeconds", in: 1...limits.timeoutSecondsMax)
        checkGotos()
        return FlowDefinition(
            version: version ?? "v1", steps: steps, inputMappings: inputMappings,
            outputMappings: outputMappings,
            timeoutSeconds: timeout)
    }

    private mutating func version(_ fields: Fields) -> String? {
        guard let version = string(fields, "version", required: true) else { return nil }
        if version != "v1", version != "v1beta1" {
            faults.warning(
                "unknown-version", "the version \"\(version)\" is unknown and read as v1",
                at: fields["version"]?.location ?? fields.location, fix: "write v1 or v1beta1")
        }
        return version
    }

    private mutating func isOtherLanguage(_ node: SourceNode) -> Bool {
        guard case .map(let entries) = node.content,
            let entry = entries.first(where: {
                $0.key == "Type" || $0.key == "SpecVersion" || $0.key == "States"
            })
        else { return false }
        faults.error(
            "other-language",
            "\"\(entry.key)\" belongs to the newer CloudFlow language, which is a different one",
            at: entry.keyLocation, fix: "a definition here begins with version: v1 and type: flow")
        return true
    }
}
