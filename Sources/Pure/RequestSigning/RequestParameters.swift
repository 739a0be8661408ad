package import HTTPMessage

/// The parameters of a request, wherever they stand: programs put the same one into the query or the form.
package enum RequestParameters {
    package static let formType = "application/x-www-form-urlencoded"

    /// Query and form as one list without repeats; where both name a parameter, the form's value counts, as
    /// in the libraries that sign it.
    package static func of(_ request: WebRequest) throws(SigningFault) -> FormParameters {
        let query = try distinct(request.head.query ?? "")
        guard isForm(request) else { return query }
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw .malformedForm("the form is not UTF-8")
        }
        let form = try distinct(text)
        guard !form.pairs.isEmpty else { return query }
        let inForm = Set(form.pairs.map(\.name))
        var merged = FormParameters(
            query.pairs.filter { !inForm.contains($0.name) }.map { ($0.name, $0.value) })
        merged.add(form)
        return merged
    }

    /// The query's alone.
    package static func ofQuery(_ head: WebHead) throws(SigningFault) -> FormParameters {
        try distinct(head.query ?? "")
    }

    package static func isForm(_ request: WebRequest) -> Bool {
        guard let type = request.head.headers["Content-Type"]?.split(separator: ";").first else {
            return false
        }
        return type.lowercased().split(separator: " ").first.map(String.init) == formType
    }

    private static func distinct(_ text: String) throws(SigningFault) -> FormParameters {
        let parameters: FormParameters
        do { parameters = try FormParameters(text) } catch { throw .malformedForm(error.description) }
        var seen: Set<String> = []
        for pair in parameters.pairs where !seen.insert(pair.name).inserted {
            throw .repeatedParameter(pair.name)
        }
        return parameters
    }

    /// Sorted bytewise by name and encoded afresh, so that it does not matter how the client wrote them.
    package static func canonical(_ parameters: FormParameters) -> String {
        parameters.pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
