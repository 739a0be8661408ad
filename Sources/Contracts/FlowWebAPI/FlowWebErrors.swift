package import RPCProtocol

extension RPCErrorName {
    package static let accessKeyNotExists: Self = "AccessKeyNotExists"
    package static let accessKeyAlreadyExists: Self = "AccessKeyAlreadyExists"
    /// The service holds as many keys as it may.
    package static let accessKeyNumExceededLimit: Self = "AccessKeyNumExceededLimit"
    /// An id, a secret, a pattern or a page that no key can have.
    package static let invalidAccessKey: Self = "InvalidAccessKey"
    /// A name, a pattern or a lifetime that no link can have.
    package static let invalidSignInLink: Self = "InvalidSignInLink"
    /// As many links wait to be used as may.
    package static let signInLinkNumExceededLimit: Self = "SignInLinkNumExceededLimit"
    /// A page that no list of sessions has.
    package static let invalidSession: Self = "InvalidSession"
    package static let sessionNotExists: Self = "SessionNotExists"
}
