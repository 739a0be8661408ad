package import RPCProtocol

/// The browsers that are signed in, in the order of their ids, a page at a time.
package enum ListSessions: RPCMethod {
    package struct Params: WireRecord {
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var sessions: [SessionRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Sessions", \.sessions),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the browsers that are signed in"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidSession]
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.sessions = [
            .with {
                $0.sessionID = "0123456789ab"
                $0.name = "LTAIexampleexampleexampl"
                $0.role = .operate
                $0.accessKeyID = "LTAIexampleexampleexampl"
                $0.createdTime = "2026-11-23T09:30:00.000Z"
                $0.lastSeenTime = "2026-11-23T09:31:00.000Z"
                $0.expiresTime = "2026-11-23T21:30:00.000Z"
            }
        ]
    }
}
