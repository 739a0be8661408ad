package import RPCProtocol

extension RPCErrorName {
    package static let accessKeyNotExists: Self = "AccessKeyNotExists"
    package static let accessKeyAlreadyExists: Self = "AccessKeyAlreadyExists"
    /// The service holds as many keys as it may.
    package static let accessKeyNumExceededLimit: Self = "AccessKeyNumExceededLimit"
    /// An id, a secret, a pattern or a page that no key can have.
    package static let invalidAccessKey: Self = "InvalidAccessKey"
}
