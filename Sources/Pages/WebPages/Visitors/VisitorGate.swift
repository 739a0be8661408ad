package import HTTPMessage

/// Knows who a request of a browser is from.
package protocol VisitorGate: Sendable {
    /// Somebody unknown gets an identity of their own, so that their forms are theirs.
    func visitor(of head: WebHead) async -> Visitor
}
