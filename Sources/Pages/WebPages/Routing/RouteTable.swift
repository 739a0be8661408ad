import HTTPMessage

/// Finds the route of a request.
struct RouteTable: Sendable {
    enum Finding: Sendable {
        case route(PageRoute, values: [String: String])
        /// Something is there, but not for this method; which ones it has.
        case otherMethod([String])
        case nothing
    }

    private let routes: [PageRoute]

    init(_ routes: [PageRoute]) {
        self.routes = routes.sorted { $0.pattern.fixedCount > $1.pattern.fixedCount }
    }

    func find(_ head: WebHead) -> Finding {
        let path = PathPattern.split(head.path)
        let method = head.method == "HEAD" ? "GET" : head.method
        var methods: [String] = []
        for route in routes {
            guard let values = route.pattern.values(in: path) else { continue }
            if route.method == method { return .route(route, values: values) }
            methods.append(route.method)
        }
        return methods.isEmpty ? .nothing : .otherMethod(methods)
    }
}
