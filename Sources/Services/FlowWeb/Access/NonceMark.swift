import Crypto
import Primitives

/// That a key's holder used a nonce, as it is remembered: hashed, so that each takes the same small space.
struct NonceMark: Sendable, Hashable {
    /// Marks are forgotten a slot at a time; few of them, and each is looked through for a nonce.
    static let slotLength = Duration.seconds(300)

    struct Identity: Sendable, Hashable {
        /// From the key's id, so that it is the same key again when it is made again.
        let key: Int64
        let high: Int64
        let low: Int64
    }

    /// The slot in which the request expires, counted from 1970.
    let slot: Int64
    let identity: Identity

    var key: Int64 { identity.key }
    var high: Int64 { identity.high }
    var low: Int64 { identity.low }

    /// - Parameter expires: after this no clock here lets the same request in.
    init(accessKeyID: String, nonce: String, expires: Timestamp) {
        slot = Self.slot(of: expires)
        let (high, low) = Self.words(SHA256.hash(data: Array("\(accessKeyID)\u{0}\(nonce)".utf8)))
        identity = Identity(key: Self.key(of: accessKeyID), high: high, low: low)
    }

    static func key(of accessKeyID: String) -> Int64 {
        words(SHA256.hash(data: Array(accessKeyID.utf8))).0
    }

    static func slot(of time: Timestamp) -> Int64 {
        time.microseconds.floorDivided(by: slotLength.components.seconds * 1_000_000).quotient
    }

    /// When the whole slot has passed.
    static func end(ofSlot slot: Int64) -> Timestamp {
        Timestamp(microseconds: (slot + 1) * slotLength.components.seconds * 1_000_000)
    }

    private static func words(_ digest: SHA256.Digest) -> (Int64, Int64) {
        digest.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: Int64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: Int64.self)
            )
        }
    }
}
