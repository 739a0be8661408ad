package import RPCProtocol

/// The access keys in the order of their ids, a page at a time; never a secret.
package enum ListAccessKeys: RPCMethod {
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
        package var accessKeys: [AccessKeyRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("AccessKeys", \.accessKeys),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the access keys, without their secrets"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidAccessKey]
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.accessKeys = [EnableAccessKey.exampleResult]
    }
}
