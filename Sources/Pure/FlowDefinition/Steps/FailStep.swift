/// Fails its container. Source: fdl §2.8.
package struct FailStep: Sendable, Equatable {
    /// Nil: `FnF.RuntimeError`.
    package let error: String?
    package let cause: String?

    package init(error: String? = nil, cause: String? = nil) {
        self.error = error
        self.cause = cause
    }
}
