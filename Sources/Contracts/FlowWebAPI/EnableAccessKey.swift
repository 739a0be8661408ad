package import RPCProtocol

/// Lets an access key in again.
///
/// Durability: on disk when this returns. A repeat answers the same.
package enum EnableAccessKey: RPCMethod {
    package struct Params: WireRecord {
        package var accessKeyID: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("AccessKeyId", \.accessKeyID)
        ]
    }

    package typealias Result = AccessKeyRecord

    package static let summary = "Enables an access key"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.accessKeyNotExists]
    package static let exampleParams = Params.with {
        $0.accessKeyID = "LTAIexampleexampleexampl"
    }
    package static let exampleResult = Result.with {
        $0.accessKeyID = "LTAIexampleexampleexampl"
        $0.enabled = true
        $0.createdTime = "2026-11-23T09:30:00.000Z"
        $0.lastUsedTime = "2026-11-23T09:31:00.000Z"
    }
}
