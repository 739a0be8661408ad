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
    /// By its text: the members of socket addresses are declared by several C modules, and which of them the
    /// compiler means differs between builds.
    fileprivate init?(_ entry: addrinfo) {
        guard [AF_INET, AF_INET6].contains(entry.ai_family), let address = entry.ai_addr else { return nil }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(
            address, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        // A zone behind a link-local address is dropped: no list allows such an address.
        let name = text.prefix { $0 != 0 && $0 != CChar(bitPattern: UInt8(ascii: "%")) }
        self.init(String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self))
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
