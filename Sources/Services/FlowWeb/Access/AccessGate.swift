package import Primitives
package import RequestSigning

/// Why a signed request is not let in. Each endpoint words it as its library expects.
package enum AccessFault: Error, Sendable, Hashable {
    case unknownKey(String)
    case disabledKey(String)
    case tooSkewed(requestTime: Timestamp, now: Timestamp)
    case nonceUsed
    case signatureMismatch(stringToSign: String)
    case throttled(retryAfter: Duration)
    /// The keys can't be read now.
    case unavailable(String)
}

/// Lets signed requests in: key, clock, signature, nonce, rate, in this order.
///
/// Durability: the nonce is written before this returns, so that a request is let in once, also across a
/// restart.
package protocol AccessGate: Sendable {
    func admit(_ request: SignedRequest) async throws(AccessFault) -> AccessGrant
}
