import Primitives
import RPCProtocol
import Synchronization

/// What the services publish about their methods, and which replies were different.
package final class SchemaLedger: Sendable {
    struct Method: Sendable {
        let result: JSONSchema
        let item: JSONSchema?
        let errors: Set<String>
    }

    private struct Content {
        var methods: [String: [String: Method]] = [:]
        var violations: [String] = []
        var repliesChecked = 0
    }

    private let content = Mutex(Content())

    /// The protocol's own errors, which any method may answer.
    private static let protocolErrors: Set = [
        "AccessDenied", "Canceled", "DeadlineExceeded", "FrameTooLarge", "IdempotencyConflict", "Internal",
        "InvalidParams", "InvalidRequest", "MethodNotFound", "ParseError", "ResourceThrottled",
        "ResultTooLarge",
        "ServiceUnavailable", "SlowConsumer",
    ]

    package init() {}

    package var violations: [String] { content.withLock { $0.violations } }
    package var repliesChecked: Int { content.withLock { $0.repliesChecked } }

    func knows(_ service: String) -> Bool { content.withLock { $0.methods[service] != nil } }

    /// Takes the OpenRPC document that `rpc.discover` answered.
    func learn(_ service: String, _ document: JSONValue) {
        var methods: [String: Method] = [:]
        for entry in document["methods"]?.arrayValue ?? [] {
            guard let name = entry["name"]?.stringValue else { continue }
            let errors = (entry["errors"]?.arrayValue ?? []).compactMap { $0["message"]?.stringValue }
            methods[name] = Method(
                result: JSONSchema(entry["result"]?["schema"] ?? false),
                item: entry["x-item"].flatMap { $0.isNull ? nil : JSONSchema($0) },
                errors: Set(errors))
        }
        content.withLock { $0.methods[service] = methods }
    }

    func checkResult(_ value: JSONValue, _ service: String, _ method: String) {
        check(value, service, method, "result") { $0.result }
    }

    func checkItem(_ value: JSONValue, _ service: String, _ method: String) {
        check(value, service, method, "item") { $0.item }
    }

    func checkError(_ error: RPCError, _ service: String, _ method: String) {
        content.withLock { content in
            content.repliesChecked += 1
            guard let known = content.methods[service]?[method] else { return }
            if known.errors.contains(error.name.text) || Self.protocolErrors.contains(error.name.text) {
                return
            }
            content.violations.append(
                "\(service) \(method): the error \(error.name.text) is not in the contract")
        }
    }

    private func check(
        _ value: JSONValue, _ service: String, _ method: String, _ what: String,
        _ schema: (Method) -> JSONSchema?
    ) {
        let known = content.withLock { $0.methods[service]?[method] }
        var found: [String] = []
        if let schema = known.flatMap(schema) {
            found = schema.violations(value).map { "\(service) \(method), \(what) \($0)" }
        } else {
            found = ["\(service) \(method): rpc.discover describes no \(what)"]
        }
        content.withLock { content in
            content.repliesChecked += 1
            content.violations += found
        }
    }
}
