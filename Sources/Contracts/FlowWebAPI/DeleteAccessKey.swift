package import RPCProtocol

/// Deletes an access key and its secret; no request that is signed with it is let in from now on.
///
/// Durability: the key is gone from the disk when this returns.
package enum DeleteAccessKey: RPCMethod {
    package struct Params: WireRecord {
        package var accessKeyID: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("AccessKeyId", \.accessKeyID)
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes an access key"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.accessKeyNotExists]
    package static let exampleParams = Params.with {
        $0.accessKeyID = "LTAIexampleexampleexampl"
    }
    package static let exampleResult = Result()
}
