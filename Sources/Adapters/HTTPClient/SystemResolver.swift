import Glibc
package import HTTPMessage
package import NIOCore

/// Names as the host's own programs see them: /etc/hosts, DNS, whatever nsswitch.conf says.
package final class SystemResolver: NameResolver {
    private let work: BlockingWork
    private let eventLoop: any EventLoop

    package init(eventLoop: any EventLoop, work: BlockingWork) {
        self.eventLoop = eventLoop
        self.work = work
    }

    package func addresses(
        of name: String, within limit: Duration
    ) async throws(HTTPExchangeFault) -> [IPAddress] {
        let promise = eventLoop.makePromise(of: Result<[IPAddress], HTTPExchangeFault>.self)
        // The thread goes on when nobody waits any more: getaddrinfo can't be stopped.
        let timer = eventLoop.scheduleTask(in: TimeAmount(limit)) {
            promise.succeed(.failure(.notConnected("looking up \(name) took too long")))
        }
        defer { timer.cancel() }
        if !work.submit({ promise.succeed(Self.lookUp(name)) }) {
            promise.succeed(
                .failure(.notConnected("\(work.countMax) names are being looked up, the resolver is behind")))
        }
        let outcome = await withTaskCancellationHandler {
            try? await promise.futureResult.get()
        } onCancel: {
            promise.succeed(.failure(.canceled))
        }
        return try (outcome ?? .failure(.canceled)).get()
    }

    private static func lookUp(_ name: String) -> Result<[IPAddress], HTTPExchangeFault> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &first)
        guard code == 0 else {
            let reason =
                code == EAI_SYSTEM ? String(cString: strerror(errno)) : String(cString: gai_strerror(code))
            return .failure(.notConnected("the name \(name) can't be resolved: \(reason)"))
        }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let address = IPAddress(entry), !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses.isEmpty
            ? .failure(.notConnected("the name \(name) has no address")) : .success(addresses)
    }
}

extension IPAddress {
    fileprivate init?(_ entry: addrinfo) {
        guard let address = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            let number = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                $0.pointee.sin_addr.s_addr
            }
            self = .v4(UInt32(bigEndian: number))
        case AF_INET6:
            self.init(address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee.sin6_addr })
        default: return nil
        }
    }
}

extension TimeAmount {
    /// At most 36 years, which stays far from the end of NIO's clock.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let bounded = max(0, min(seconds, 1 << 30))
        self = .nanoseconds(bounded * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
