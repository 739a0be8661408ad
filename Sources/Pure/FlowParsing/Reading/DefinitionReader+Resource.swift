import FlowDefinition
import FlowModel
import Primitives

/// What a task calls, as a resource name.
extension DefinitionReader {
    mutating func resource(_ fields: Fields) -> (arn: String, location: SourceLocation)? {
        switch (fields["resourceArn"], fields["action"]) {
        case (nil, nil):
            missing("resourceArn", in: fields, fix: "e.g. resourceArn: acs:mns:::/topics/orders/messages")
            return nil
        case (.some, .some(let action)):
            faults.error(
                "two-resources", "a task has either resourceArn or action, not both", at: action.location)
            return nil
        case (.some(let node), nil):
            guard let text = string(fields, "resourceArn") else { return nil }
            return resourceName(text, node).map { ($0, node.location) }
        case (nil, .some(let node)):
            guard let action = string(fields, "action") else { return nil }
            let parts = action.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                faults.error(
                    "bad-action", "\"\(action)\" is no action; it has the form service:API",
                    at: node.location,
                    fix: "e.g. action: fnf:StartExecution")
                return nil
            }
            let arn = "acs:\(parts[0]):::actions/\(parts[1])"
            return checked(arn, node).map { ($0, node.location) }
        }
    }

    private mutating func resourceName(_ text: String, _ node: SourceNode) -> String? {
        if let tag = node.tag { return tagged(text, tag, node) }
        guard Self.hasPlaceholder(text) else { return checked(text, node) }
        let name = (try? ResourceName(text)).map(\.description) ?? Self.templateName(text)
        faults.warning(
            "placeholder",
            "\"\(text)\" holds a placeholder that a template tool was to fill in; nothing is "
                + "bound to it", at: node.location, fix: "write the resource's own name in its place")
        return checked(name, node)
    }

    /// `!Ref Service/Function` of the `fun` tool, which made a function's name of it. Source: fdl §1.
    private mutating func tagged(_ text: String, _ tag: String, _ node: SourceNode) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isFunction = tag == "!Ref" && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
        let name =
            isFunction ? "acs:fc:::services/\(parts[0])/functions/\(parts[1])" : Self.templateName(text)
        faults.warning(
            "template-tag", "\(tag) belongs to a template tool; \"\(text)\" is read as \(name)",
            at: node.location,
            fix: isFunction ? "write resourceArn: \(name)" : "write the resource's own name in its place")
        return checked(name, node)
    }

    /// `<name>`, `${name}`, `{{ name }}`
    private static func hasPlaceholder(_ text: String) -> Bool {
        text.contains("${") || text.contains("{{") || text.firstMatch(of: /<[A-Za-z][^<>]*>/) != nil
    }

    /// A name that nothing is bound to by chance.
    private static func templateName(_ text: String) -> String {
        "acs:template:::" + text.filter { !$0.isWhitespace }
    }

    private mutating func checked(_ text: String, _ node: SourceNode) -> String? {
        do {
            let name = try ResourceName(text)
            if let form = name.properForm {
                faults.warning(
                    "unusual-arn",
                    "\"\(text)\" is no name of a \(form.kind) and is called like any other "
                        + "resource", at: node.location, fix: "write \(form.text)")
            }
            return text
        } catch {
            faults.error("bad-arn", error.reason, at: node.location, fix: Self.arnFix(text))
            return nil
        }
    }

    private static func arnFix(_ text: String) -> String? {
        if text.hasPrefix("$") {
            return "resourceArn is a constant; a choice in front of several tasks selects what is called"
        }
        if text.hasPrefix("arn:aws") { return "that is an Amazon name; e.g. acs:fc:::services/S/functions/F" }
        let trimmed = text.filter { !$0.isWhitespace }
        if trimmed != text, (try? ResourceName(trimmed)) != nil { return "write \(trimmed)" }
        if text.hasPrefix("acs:") {
            return "four colons stand in front of the resource, e.g. acs:mns:::/topics/orders/messages"
        }
        return "e.g. acs:fc:::services/S/functions/F for a function, acs:mns:::/topics/T/messages for a topic"
    }
}
