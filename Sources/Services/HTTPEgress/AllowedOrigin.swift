package import HTTPMessage

/// One line of the allow-list: `https://functions.example.com`, `http://*.example.com:*`.
package struct AllowedOrigin: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let scheme: WebLocation.Scheme
    package let host: WebLocation.Host
    /// The host is the end of a name behind a dot, of any depth.
    package let takesSubdomains: Bool
    /// Nil: every port.
    package let port: Int?

    /// Throws: one sentence.
    package init(_ text: String) throws(WebLocation.Fault) {
        var plain = text
        let takesEveryPort = plain.hasSuffix(":*")
        if takesEveryPort { plain.removeLast(2) }
        let location: WebLocation
        if let star = plain.firstIndex(of: "*") {
            guard plain[star...].hasPrefix("*."), plain[..<star].hasSuffix("://") else {
                throw WebLocation.Fault(
                    description: "\"\(text)\" has a * elsewhere than as *. before a name or as the port")
            }
            takesSubdomains = true
            plain.removeSubrange(star...plain.index(after: star))
        } else {
            takesSubdomains = false
        }
        location = try WebLocation(plain)
        guard location.path.isEmpty || location.path == "/", location.query == nil else {
            throw WebLocation.Fault(
                description: "\"\(text)\" has a path; origins end with the host or the port")
        }
        if case .address(let address) = location.host {
            guard !takesSubdomains else {
                throw WebLocation.Fault(
                    description: "\"\(text)\" has *. before an address, which has no names below")
            }
            if let why = AddressKind(address).neverAllowed {
                throw WebLocation.Fault(description: "\"\(text)\" can't be allowed: \(address) is \(why)")
            }
        }
        description = text
        scheme = location.scheme
        host = location.host
        port = takesEveryPort ? nil : location.port
    }

    /// The origin of a place, exactly.
    package init(of location: WebLocation) throws(WebLocation.Fault) { try self.init(location.origin) }

    func matches(_ location: WebLocation) -> Bool {
        guard scheme == location.scheme, port == nil || port == location.port else { return false }
        guard takesSubdomains else { return host == location.host }
        guard case .name(let end) = host, case .name(let name) = location.host else { return false }
        return name.hasSuffix(".\(end)")
    }
}
