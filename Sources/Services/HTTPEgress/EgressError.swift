/// Why a request brought no answer.
package enum EgressError: Error, Sendable, Hashable {
    /// Nothing was sent.
    case notConnected(String)
    /// It was sent, at least in part, and the connection ended before the whole answer.
    case lost(String)
    case timedOut
    case answerTooLarge(bytesMax: Int)
}
