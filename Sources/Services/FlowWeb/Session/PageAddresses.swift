package import HTTPMessage
import Synchronization

/// Where the pages are reached, as the listeners tell when they are there.
package final class PageAddresses: Sendable {
    private let origins = Mutex<[String]>([])

    package init() {}

    /// The origins, those without TLS first: this host's own certificate is made for another name.
    /// Shape: `http://127.0.0.1:8080`.
    package var all: [String] {
        origins.withLock(\.self).sorted { $0.hasPrefix("http:") && !$1.hasPrefix("http:") }
    }

    /// A listener on every address of the host is reached at the host's own.
    package func add(scheme: String, address: IPAddress, port: UInt16) {
        let host =
            switch address {
            case .v4(0), .v6(0, 0): "127.0.0.1"
            default: address.urlText
            }
        let origin = "\(scheme)://\(host):\(port)"
        origins.withLock { if !$0.contains(origin) { $0.append(origin) } }
    }
}
