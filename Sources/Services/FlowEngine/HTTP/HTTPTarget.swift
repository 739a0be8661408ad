import FlowDefinition
package import HTTPMessage

/// An HTTP endpoint that answers for resources; the calls leave through http-egress.
package struct HTTPTarget: Sendable, Hashable, CustomStringConvertible {
    /// As long as a function of the cloud takes by default. Units: seconds.
    package static let timeoutStandard = 60
    /// Function hosts are often one process with few threads.
    package static let concurrencyStandard = 16
    /// The names that a URL may have in braces.
    package static let names = ["service", "function", "topic", "queue"]

    package let template: WebTemplate
    package let timeoutSeconds: Int

    /// Throws: one sentence.
    package init(_ url: String, timeoutSeconds: Int = timeoutStandard) throws(WebLocation.Fault) {
        template = try WebTemplate(url)
        self.timeoutSeconds = timeoutSeconds
        if let unknown = template.names.first(where: { !Self.names.contains($0) }) {
            throw WebLocation.Fault(
                description: "\"\(url)\" names {\(unknown)}; the names are "
                    + Self.names.map { "{\($0)}" }.joined(separator: ", "))
        }
    }

    package var description: String { template.description }

    /// Where a task of the resource goes: a URL with a path as it stands, with its names filled; one without
    /// gets the path of function compute when the resource is a function.
    ///
    /// Throws: one sentence; the resource lacks what the URL names.
    func url(for arn: String) throws(WebLocation.Fault) -> String {
        let words = ResourceWords(arn)
        if !template.hasPath, let path = words.functionPath { return template.location.origin + path }
        guard let url = template.url({ words[$0] }) else {
            throw WebLocation.Fault(
                description: "\(template) can't be filled for \(arn): it lacks one of "
                    + template.names.map { "{\($0)}" }.joined(separator: ", "))
        }
        return url
    }
}

/// The names in a resource: `services/S.LATEST/functions/F`, `functions/F/Q`, `/topics/T/messages`.
private struct ResourceWords {
    private var words: [String: String] = [:]
    private var qualifier: String?

    init(_ arn: String) {
        guard let name = try? ResourceName(arn) else { return }
        let parts = name.resource.split(separator: "/").map(String.init)
        switch (name.service, parts.count, parts.first) {
        case ("fc", 4, "services") where parts[2] == "functions":
            words = ["service": parts[1], "function": parts[3]]
        case ("fc", 2, "functions"): words = ["function": parts[1]]
        case ("fc", 3, "functions"):
            words = ["function": parts[1]]
            qualifier = parts[2]
        case ("mns", 3, "topics"): words = ["topic": parts[1]]
        case ("mns", 3, "queues"): words = ["queue": parts[1]]
        default: return
        }
    }

    subscript(name: String) -> String? { words[name] }

    /// Nil when the resource is no function. Source: the cloud's InvokeFunction of 2016-08-15 and 2023-03-30.
    var functionPath: String? {
        guard let function = words["function"], ![".", ".."].contains(function) else { return nil }
        let end = "functions/\(PercentCoding.encode(function))/invocations"
        if let service = words["service"] {
            return [".", ".."].contains(service)
                ? nil : "/2016-08-15/services/\(PercentCoding.encode(service))/\(end)"
        }
        return "/2023-03-30/\(end)" + (qualifier.map { "?qualifier=\(PercentCoding.encode($0))" } ?? "")
    }
}
