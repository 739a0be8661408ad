import FlowModel
import FlowStore

/// Names one receive of one message, so that who has lost a message can't end it for whoever has it now.
///
/// Shape: base64url of the message's key (8 bytes), the number of the receive (4 bytes) and chance (8 bytes),
/// big-endian; only characters that need no escaping in a URL. Source: MNS 2015-06-06, receipt handles.
struct ReceiptHandle: Equatable {
    static let byteCount = 20

    let message: Int64
    let receive: UInt32
    let chance: Int64

    init(message: Int64, receive: UInt32, chance: Int64) {
        self.message = message
        self.receive = receive
        self.chance = chance
    }

    /// The one that is good for the message now.
    init(_ message: StoredMessage) {
        self.init(
            message: message.key, receive: UInt32(clamping: message.receives), chance: message.receipt)
    }

    /// Nil for what this engine can't have made.
    init?(text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == Self.byteCount else { return nil }
        message = Int64(bitPattern: Self.number(bytes[0..<8]))
        receive = UInt32(truncatingIfNeeded: Self.number(bytes[8..<12]))
        chance = Int64(bitPattern: Self.number(bytes[12..<20]))
    }

    var text: String {
        Base64URL.encode(
            Self.bytes(UInt64(bitPattern: message)) + Self.bytes(UInt64(receive)).suffix(4)
                + Self.bytes(UInt64(bitPattern: chance)))
    }

    static func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }
}
