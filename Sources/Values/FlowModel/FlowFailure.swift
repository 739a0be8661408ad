/// Why a task, a step or an execution failed: data of the history, never thrown.
///
/// Source: fdl §6; the limits are those of `ReportTaskFailed`.
package struct FlowFailure: Sendable, Hashable {
    /// The error's name, which `retry` and `catch` compare: 1 to 128 bytes.
    package let error: String
    /// A sentence for people: at most 4096 bytes, may be empty.
    package let cause: String

    /// Longer texts are cut at the end of a character; an empty error becomes `FnF.RuntimeError`, which says
    /// the same.
    package init(error: String, cause: String, limits: FlowLimits = .standard) {
        self.error = error.isEmpty ? FailureName.runtimeError : error.cut(toBytes: limits.errorBytesMax)
        self.cause = cause.cut(toBytes: limits.causeBytesMax)
    }
}

extension FlowFailure: CustomStringConvertible {
    package var description: String { cause.isEmpty ? error : "\(error): \(cause)" }
}

extension String {
    /// The longest beginning of whole characters that fits.
    func cut(toBytes bytesMax: Int) -> String {
        guard utf8.count > bytesMax else { return self }
        var count = 0
        var end = startIndex
        while end < endIndex {
            let next = index(after: end)
            count += self[end..<next].utf8.count
            guard count <= bytesMax else { break }
            end = next
        }
        return String(self[..<end])
    }
}
