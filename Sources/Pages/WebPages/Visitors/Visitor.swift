/// What somebody may do; each role includes those before it. Source: wire protocol, "Who may call".
package enum VisitorRole: String, Sendable, Hashable, CaseIterable, Comparable {
    case read, operate, admin

    package static func < (one: VisitorRole, other: VisitorRole) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .read: 0
        case .operate: 1
        case .admin: 2
        }
    }
}

/// Who a page is shown to.
package struct Visitor: Sendable {
    /// How somebody who signed in is called, e.g. the access key's id; nil: nobody in particular.
    package let name: String?
    /// Nil until somebody signs in.
    package let role: VisitorRole?
    /// Stands in each form; a form without it is not taken.
    package let formToken: String
    /// What the browser must be told, so that the next request is from the same visitor.
    package let cookies: [SetCookie]
    private let mayTouchFlow: @Sendable (String) -> Bool

    package init(
        name: String? = nil, role: VisitorRole? = nil, formToken: String, cookies: [SetCookie] = [],
        mayTouch: @escaping @Sendable (_ flow: String) -> Bool = { _ in true }
    ) {
        self.name = name
        self.role = role
        self.formToken = formToken
        self.cookies = cookies
        mayTouchFlow = mayTouch
    }

    package func may(_ role: VisitorRole) -> Bool { self.role.map { $0 >= role } ?? false }

    /// Whether the visitor's key may see and change this flow and its executions.
    package func mayTouch(flow: String) -> Bool { mayTouchFlow(flow) }
}
