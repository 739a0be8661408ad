package import Primitives

/// The time of a signature of the RPC style. Shape: `2026-11-23T15:49:52Z`, exactly.
package enum SigningTime {
    package static func time(of text: String) -> Timestamp? {
        guard text.utf8.count == 20, text.hasSuffix("Z"), text.utf8.dropFirst(10).first == UInt8(ascii: "T")
        else { return nil }
        return Timestamp(rfc3339: text)
    }

    package static func text(_ time: Timestamp) -> String { "\(time.description.prefix(19))Z" }
}
