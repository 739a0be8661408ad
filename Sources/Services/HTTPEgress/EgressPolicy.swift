package import HTTPMessage

/// Which addresses may be called. It is decided twice: by what the URL says, and by what its name resolves
/// to.
package struct EgressPolicy: Sendable, Hashable {
    /// The configuration's own list.
    package var allowed: [AllowedOrigin]
    /// Of the bindings in `resources.d`: an administrator wrote them.
    package var bound: [AllowedOrigin]
    /// Where an allowed *name* may lead although the addresses are private or loopback.
    package var networks: [IPNetwork]
    /// In development: loopback at ports that need no rights.
    package var allowsLoopback: Bool

    package init(
        allowed: [AllowedOrigin] = [], bound: [AllowedOrigin] = [], networks: [IPNetwork] = [],
        allowsLoopback: Bool = false
    ) {
        self.allowed = allowed
        self.bound = bound
        self.networks = networks
        self.allowsLoopback = allowsLoopback
    }

    /// Why an address is not called, and what an administrator does about it.
    package struct Refusal: Error, Sendable, Hashable {
        /// One sentence with the way out.
        package let reason: String
        /// What the journal groups by.
        package let origin: String
    }

    static let file = "http-egress.yaml"

    /// The first decision: whether the list names the place.
    package func check(_ location: WebLocation) throws(Refusal) {
        if case .address(let address) = location.host, let what = AddressKind(address).neverAllowed {
            throw Refusal(
                reason: "\(location.origin) is never called: \(address) is \(what)", origin: location.origin)
        }
        if bound.contains(where: { $0.matches(location) })
            || allowed.contains(where: { $0.matches(location) })
            || isDevelopment(location)
        {
            return
        }
        throw Refusal(
            reason: "\(location.origin) is not in the allow-list; if flows may call it, add the line "
                + "\"  - \(location.origin)\" under \"allow:\" in \(Self.file) and reload fnf-http-egress",
            origin: location.origin)
    }

    /// The second decision: those of a name's addresses that may be connected to.
    package func choose(from addresses: [IPAddress], for location: WebLocation) throws(Refusal) -> [IPAddress]
    {
        let chosen = addresses.filter { mayConnect(to: $0, for: location) }
        if !chosen.isEmpty { return chosen }
        let origin = location.origin
        guard let first = addresses.first else {
            throw Refusal(reason: "\(origin) has no address", origin: origin)
        }
        if let what = AddressKind(first).neverAllowed {
            throw Refusal(
                reason: "\(origin) leads to \(first), which is never called: it is \(what)", origin: origin)
        }
        let what = AddressKind(first) == .loopback ? "a loopback" : "a private"
        throw Refusal(
            reason: "\(origin) leads to \(first), \(what) address; if that is meant, add the line "
                + "\"  - \(first)\" under \"networks:\" in \(Self.file) and reload fnf-http-egress",
            origin: origin)
    }

    private func mayConnect(to address: IPAddress, for location: WebLocation) -> Bool {
        switch AddressKind(address) {
        case .everybodys: true
        case .never: false
        case .loopback where allowsLoopback || location.isLocalhost: true
        // An address that the URL itself names was decided by the list.
        case .loopback, .privateNetwork:
            location.host == .address(address) || networks.contains { $0.contains(address) }
        }
    }

    private func isDevelopment(_ location: WebLocation) -> Bool {
        guard allowsLoopback, location.port >= 1024 else { return false }
        if case .address(let address) = location.host { return AddressKind(address) == .loopback }
        return location.isLocalhost
    }
}

extension WebLocation {
    /// The name that means this host by definition. Source: RFC 6761, section 6.3.
    var isLocalhost: Bool { host == .name("localhost") }
}
