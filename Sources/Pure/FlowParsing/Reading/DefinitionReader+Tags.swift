import FlowDefinition

extension DefinitionReader {
    /// Tags such as `!Ref` are a template tool's; those of a resource name were judged where it was read.
    mutating func warnAboutTags(_ node: SourceNode) {
        switch node.content {
        case .scalar(_, let text):
            guard let tag = node.tag else { return }
            faults.warning(
                "template-tag",
                "\(tag) belongs to a template tool and means nothing here; the value is "
                    + "\"\(text)\"", at: node.location, fix: "write what the template tool makes of it")
        case .list(let elements): for element in elements { warnAboutTags(element) }
        case .map(let entries):
            for entry in entries where entry.key != "resourceArn" { warnAboutTags(entry.value) }
        }
    }
}
