import Synchronization

/// Where the pages are reached, as the listeners tell when they are there.
package final class PageAddresses: Sendable {
    private let origins = Mutex<[String]>([])

    package init() {}

    /// The origins in the order in which they came, e.g. `http://127.0.0.1:8080`.
    package var all: [String] { origins.withLock(\.self) }

    /// A listener on every address of the host is named by the host's own.
    ///
    /// - Parameter address: with its port, e.g. `127.0.0.1:8080` or `[::]:8080`.
    package func add(scheme: String, address: String) {
        var address = address
        for (every, own) in [("0.0.0.0:", "127.0.0.1:"), ("[::]:", "127.0.0.1:")]
        where address.hasPrefix(every) {
            address = own + address.dropFirst(every.count)
        }
        let origin = "\(scheme)://\(address)"
        origins.withLock { if !$0.contains(origin) { $0.append(origin) } }
    }
}
