package import Glibc

/// An address of the internet, in the one spelling that every reader takes alike.
package enum IPAddress: Sendable, Hashable, CustomStringConvertible {
    case v4(UInt32)
    /// The upper and the lower eight bytes.
    case v6(UInt64, UInt64)

    /// Four decimal numbers without leading zeros, or an IPv6 address without a zone; nil of any other
    /// spelling.
    package init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self = .v4(UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    package init(_ address: in6_addr) {
        let (high, low) = withUnsafeBytes(of: address) { bytes in
            (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self = .v6(UInt64(bigEndian: high), UInt64(bigEndian: low))
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch self {
        case .v4(let number):
            var address = in_addr(s_addr: number.bigEndian)
            inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
        case .v6(let high, let low):
            var bytes = (high.bigEndian, low.bigEndian)
            inet_ntop(AF_INET6, &bytes, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// As it stands in a URL.
    package var urlText: String {
        switch self {
        case .v4: description
        case .v6: "[\(description)]"
        }
    }
}

/// All addresses with one beginning, e.g. `10.0.0.0/8`.
package struct IPNetwork: Sendable, Hashable, CustomStringConvertible {
    package let address: IPAddress
    package let prefixBits: Int

    /// `10.0.0.0/8`, `fd00::/8`, or an address alone; nil of anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        let bitsMax = if case .v4 = address { 32 } else { 128 }
        let bits = parts.count == 2 ? Int(parts[1]) : bitsMax
        guard let bits, (0...bitsMax).contains(bits) else { return nil }
        self.address = address
        prefixBits = bits
    }

    package var description: String { "\(address)/\(prefixBits)" }

    package func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let own), .v4(let other)): (own ^ other) & Self.mask(prefixBits) == 0
        case (.v6(let high, let low), .v6(let otherHigh, let otherLow)):
            (high ^ otherHigh) & Self.wideMask(min(prefixBits, 64)) == 0
                && (low ^ otherLow) & Self.wideMask(max(prefixBits - 64, 0)) == 0
        default: false
        }
    }

    private static func mask(_ bits: Int) -> UInt32 { bits == 0 ? 0 : ~0 << (32 - bits) }
    private static func wideMask(_ bits: Int) -> UInt64 { bits == 0 ? 0 : ~0 << (64 - bits) }
}
