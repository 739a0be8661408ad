import Primitives

/// Which log lines are wanted. The same question to the journal and to the log file of `fnfctl up`.
struct LogFilter: Sendable {
    var order: String?
    var execution: String?
    var flow: String?

    /// Any of these; each is a set of fields that must all match. An order names its execution.
    private var alternatives: [[(field: String, value: String)]] {
        var alternatives: [[(field: String, value: String)]] = []
        if let order { alternatives += [[("order", order)], [("execution", order)]] }
        if let execution { alternatives.append([("execution", execution)]) }
        if let flow {
            if alternatives.isEmpty { return [[("flow", flow)]] }
            return alternatives.map { $0 + [("flow", flow)] }
        }
        return alternatives
    }

    func matches(_ fields: JSONObject) -> Bool {
        alternatives.contains { $0.allSatisfy { fields[$0.field]?.stringValue == $0.value } }
    }

    /// `FNF_ORDER=o-1 + FNF_EXECUTION=o-1`
    var journalMatches: [String] {
        Array(
            alternatives.map { alternative in
                alternative.map { "FNF_\($0.field.uppercased())=\($0.value)" }
            }.joined(separator: ["+"]))
    }
}
