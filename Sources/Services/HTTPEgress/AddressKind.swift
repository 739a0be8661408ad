import HTTPMessage

/// What an address belongs to, as far as letting requests through to it depends on that.
enum AddressKind: Sendable, Hashable {
    case everybodys
    case loopback
    /// Networks behind a router.
    case privateNetwork
    /// Never called, whatever the list says; the text says what it is.
    case never(String)

    init(_ address: IPAddress) {
        switch address {
        case .v4(let number): self = Self.kind(of: number)
        case .v6(let high, let low): self = Self.kind(of: high, low)
        }
    }

    var neverAllowed: String? { if case .never(let what) = self { what } else { nil } }

    private static func kind(of number: UInt32) -> AddressKind {
        switch number {
        case 0x00000000...0x00FFFFFF: .never("\"this network\" (0.0.0.0/8)")
        // The first that cloud machines answer with their secrets at; a second one lies in 100.64.0.0/10.
        case 0xA9FE0000...0xA9FEFFFF: .never("link-local (169.254.0.0/16)")
        case 0x646464C8: .never("a metadata service (100.100.100.200)")
        case 0xE0000000...0xEFFFFFFF: .never("multicast (224.0.0.0/4)")
        case 0xF0000000...0xFFFFFFFF: .never("reserved or broadcast (240.0.0.0/4)")
        case 0x7F000000...0x7FFFFFFF: .loopback
        case 0x0A000000...0x0AFFFFFF, 0xAC100000...0xAC1FFFFF, 0xC0A80000...0xC0A8FFFF,
            0x64400000...0x647FFFFF, 0xC0000000...0xC00000FF, 0xC6120000...0xC613FFFF:
            .privateNetwork
        default: .everybodys
        }
    }

    /// Addresses that carry an IPv4 address are refused rather than unpacked: each has a plain spelling.
    private static func kind(of high: UInt64, _ low: UInt64) -> AddressKind {
        switch (high, low) {
        case (0, 1): .loopback
        case (0, 0): .never("unspecified (::)")
        case (0, _): .never("an IPv4 address written as IPv6")
        case (0xFD00_0EC2_0000_0000, 0x254): .never("a metadata service (fd00:ec2::254)")
        default:
            switch high >> 48 {
            case 0xFE80...0xFEBF: .never("link-local (fe80::/10)")
            case 0xFEC0...0xFEFF: .never("site-local (fec0::/10)")
            case 0xFF00...0xFFFF: .never("multicast (ff00::/8)")
            case 0xFC00...0xFDFF: .privateNetwork
            case 0x2002: .never("an IPv4 address written as IPv6 (2002::/16)")
            case 0x2001 where high >> 32 == 0x2001_0000: .never("a tunnel (2001::/32)")
            case 0x0064 where high >> 32 == 0x0064_FF9B:
                .never("an IPv4 address written as IPv6 (64:ff9b::/32)")
            default: .everybodys
            }
        }
    }
}
