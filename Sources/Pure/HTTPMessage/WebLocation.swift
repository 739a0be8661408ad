/// Where a request goes: `http://functions.example.com:9000/path?query`.
///
/// It is read strictly, because a list decides by it: what two readers could take for different hosts is
/// refused.
package struct WebLocation: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable {
        case http, https

        package var port: Int { self == .http ? 80 : 443 }
    }

    package enum Host: Sendable, Hashable, CustomStringConvertible {
        /// In lower case.
        case name(String)
        case address(IPAddress)

        package var description: String {
            switch self {
            case .name(let name): name
            case .address(let address): address.urlText
            }
        }
    }

    /// Why a text is no such place: one sentence.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// Units: bytes. As long as the request lines that common servers read.
    package static let bytesMax = 8_000

    package let scheme: Scheme
    package let host: Host
    package let port: Int
    /// As it was written; empty when nothing follows the host.
    package let path: String
    package let query: String?

    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.bytesMax else {
            throw Self.fault("is longer than \(Self.bytesMax) bytes", "")
        }
        guard let odd = text.utf8.first(where: { $0 <= 0x20 || $0 >= 0x7F || Self.oddBytes.contains($0) })
        else {
            (scheme, host, port, path, query) = try Self.parts(text)
            return
        }
        throw Self.fault("holds the byte \(odd); write it percent-encoded", text)
    }

    /// Scheme, host and port: what an allow-list names. The port is left out when it is the scheme's own.
    package var origin: String { "\(scheme.rawValue)://\(authority)" }

    /// What the header `Host` says.
    package var authority: String { port == scheme.port ? "\(host)" : "\(host):\(port)" }

    /// Quotes, brackets of markup and the backslash, which some readers take for a slash.
    private static let oddBytes = Set("\"<>\\^`{|}".utf8)

    private static func fault(_ reason: String, _ text: String) -> Fault {
        Fault(description: text.isEmpty ? "the URL \(reason)" : "\"\(text.prefix(200))\" \(reason)")
    }
}

extension WebLocation {
    private static func parts(
        _ text: String
    ) throws(Fault) -> (scheme: Scheme, host: Host, port: Int, path: String, query: String?) {
        var rest = Substring(text)
        let scheme: Scheme
        if rest.prefix(7).lowercased() == "http://" {
            (scheme, rest) = (.http, rest.dropFirst(7))
        } else if rest.prefix(8).lowercased() == "https://" {
            (scheme, rest) = (.https, rest.dropFirst(8))
        } else {
            throw fault("does not begin with http:// or https://", text)
        }
        if rest.contains("#") { throw fault("has a fragment (#), which is never sent", text) }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let (host, port) = try authority(rest[..<end], text)
        let target = rest[end...]
        let cut = target.firstIndex(of: "?")
        return (
            scheme, host, port ?? scheme.port, String(target[..<(cut ?? target.endIndex)]),
            cut.map { String(target[target.index(after: $0)...]) }
        )
    }

    private static func authority(
        _ authority: Substring, _ text: String
    ) throws(Fault) -> (Host, port: Int?) {
        if authority.contains("@") { throw fault("names a user before the host", text) }
        let hostText: Substring
        let portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else {
                throw fault("has no ] after the host", text)
            }
            hostText = authority[...close]
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else {
                throw fault("has text after the ] of the host", text)
            }
            portText = rest.isEmpty ? nil : rest.dropFirst()
        } else {
            let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            hostText = parts[0]
            portText = parts.count == 2 ? parts[1] : nil
        }
        guard let portText else { return (try host(hostText, text), nil) }
        guard let port = UInt16(portText), port > 0, "\(port)" == portText else {
            throw fault("has no port from 1 to 65535 behind the host", text)
        }
        return (try host(hostText, text), Int(port))
    }

    private static func host(_ written: Substring, _ text: String) throws(Fault) -> Host {
        if written.hasPrefix("[") {
            let inner = String(written.dropFirst().dropLast())
            guard case .v6(let high, let low)? = IPAddress(inner) else {
                throw fault("has no IPv6 address between [ and ]", text)
            }
            return .address(.v6(high, low))
        }
        let name = written.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !name.isEmpty, name.utf8.count <= 253, labels.allSatisfy(isLabel) else {
            throw fault("has no host name of letters, digits, - and dots", text)
        }
        // What ends like a number is an address in some readers: 2130706433, 0x7f.1, 0177.0.0.1, 127.1.
        guard let last = labels.last, last.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
            last.utf8.allSatisfy(isHexDigit) || last.hasPrefix("0x")
        else { return .name(name) }
        guard let address = IPAddress(name) else {
            throw fault("has a host that could be read as an address; write four decimal numbers", text)
        }
        return .address(address)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
