package import Primitives

/// What a request says of who sent it, and the means to check it.
package struct SignedRequest: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable {
        /// RPC style, HMAC-SHA1 over the sorted parameters.
        case rpc1
        case acs3
        /// The message service's Authorization header.
        case mns
    }

    package var scheme: Scheme
    package var accessKeyID: String
    package var time: Timestamp
    /// Nil: the scheme has none (the message service).
    package var nonce: String?
    package var stringToSign: String
    /// The raw bytes of the signature that came.
    package var signature: [UInt8]

    package init(
        scheme: Scheme, accessKeyID: String, time: Timestamp, nonce: String?, stringToSign: String,
        signature: [UInt8]
    ) {
        self.scheme = scheme
        self.accessKeyID = accessKeyID
        self.time = time
        self.nonce = nonce
        self.stringToSign = stringToSign
        self.signature = signature
    }
}
