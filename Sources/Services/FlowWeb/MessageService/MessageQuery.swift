import HTTPMessage

/// The query of a request; names without regard to case, because the libraries don't agree on theirs.
struct MessageQuery: Sendable {
    private let pairs: [FormParameters.Pair]

    init(_ text: String) throws(MessageFault) {
        do throws(FormParameters.Fault) { pairs = try FormParameters(text).pairs } catch {
            throw .queryString(error.description)
        }
    }

    subscript(name: String) -> String? {
        let name = name.lowercased()
        return pairs.first { $0.name.lowercased() == name }?.value
    }

    func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

    func integer(_ name: String, _ range: MessageRange) throws(MessageFault) -> Int64? {
        try self[name].map { text throws(MessageFault) in try range.number(text, of: name) }
    }
}
