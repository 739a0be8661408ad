extension ResourceName {
    /// What a queue, a topic or a child flow is called. Source: fdl §5.2 to §5.4.
    package struct Form: Sendable, Hashable {
        package let kind: String
        package let text: String
    }

    /// The form that was probably meant, when a name of a queue, topic or flow lacks it; nil when it has it.
    package var properForm: Form? {
        switch service {
        case "mns":
            if resource.wholeMatch(of: /\/(queues|topics)\/[^\/]+\/messages/) != nil { return nil }
            guard let parts = resource.wholeMatch(of: /\/?(queue|topic)s?\/([^\/]+)(\/.*)?/) else {
                return nil
            }
            return form(String(parts.1), "/\(parts.1)s/\(parts.2)/messages")
        case "fnf":
            guard let parts = resource.wholeMatch(of: /\/flows?\/([^\/]+)/) else { return nil }
            return form("flow", "flow/\(parts.1)")
        default: return nil
        }
    }

    private func form(_ kind: String, _ resource: String) -> Form {
        Form(kind: kind, text: "acs:\(service):\(region):\(account):\(resource)")
    }
}
