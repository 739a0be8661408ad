/// Where a TCP listener is: a host and a port, as `[HOST:]PORT`.
package struct TCPAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or an address; IPv6 without brackets.
    package var host: String
    /// 0: any that is free.
    package var port: UInt16

    /// This machine only: what listens there changes state.
    package static let defaultHost = "127.0.0.1"

    package init(host: String = TCPAddress.defaultHost, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `8080`, `0.0.0.0:8080`, `[::1]:8080`; nil when it is none of these.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else {
            guard let port = UInt16(text) else { return nil }
            self.init(port: port)
            return
        }
        guard let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
