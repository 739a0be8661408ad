/// What is at one path.
package struct PageRoute: Sendable {
    package typealias Handler = @Sendable (PageRequest) async throws -> PageAnswer

    package let method: String
    package let path: String
    /// Who may come here; nil: everybody.
    package let needs: VisitorRole?
    /// Units: bytes of a form.
    package let bodyBytesMax: Int
    let handler: Handler
    let pattern: PathPattern

    /// As large as forms of texts for people get; whoever sends definitions says so.
    package static let formBytesMax = 64 << 10

    private init(
        _ method: String, _ path: String, _ needs: VisitorRole?, _ bodyBytesMax: Int,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.needs = needs
        self.bodyBytesMax = bodyBytesMax
        self.handler = handler
        pattern = PathPattern(path)
    }

    /// Shows something and changes nothing; answers HEAD as well.
    ///
    /// A handler throws `Problem`, or the `RPCFailure` of a call, which becomes one.
    package static func get(
        _ path: String, needs role: VisitorRole? = nil, _ handler: @escaping Handler
    ) -> PageRoute {
        PageRoute("GET", path, role, 0, handler)
    }

    /// Changes something. The form's token was checked before the handler is called.
    package static func post(
        _ path: String, needs role: VisitorRole? = nil, bodyBytesMax: Int = formBytesMax,
        _ handler: @escaping Handler
    ) -> PageRoute {
        PageRoute("POST", path, role, bodyBytesMax, handler)
    }
}
