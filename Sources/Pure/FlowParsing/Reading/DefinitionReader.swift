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
        if let stranger = ForeignDocument(node) {
            faults.error(stranger.code, stranger.message, at: stranger.location, fix: stranger.fix)
            return nil
        }
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
        warnAboutTags(node)
        return FlowDefinition(
            version: version ?? "v1", steps: steps, inputMappings: inputMappings,
            outputMappings: outputMappings,
            timeoutSeconds: timeout)
    }

    private mutating func version(_ fields: Fields) -> String? {
        guard let node = fields["version"], case .scalar(let value, let text) = node.content,
            value.stringValue == nil
        else { return versionText(fields) }
        unknownVersion(text, at: node.location)
        return text
    }

    private mutating func versionText(_ fields: Fields) -> String? {
        guard let version = string(fields, "version", required: true) else { return nil }
        if version != "v1", version != "v1beta1" {
            unknownVersion(version, at: fields["version"]?.location ?? fields.location)
        }
        return version
    }

    private mutating func unknownVersion(_ text: String, at location: SourceLocation) {
        faults.warning(
            "unknown-version", "the version \"\(text)\" is unknown and read as v1", at: location,
            fix: "write v1 or v1beta1")
    }
}
