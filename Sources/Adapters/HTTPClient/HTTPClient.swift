package import HTTPMessage
package import NIOCore
package import NIOSSL

/// Sends each request on a connection of its own, on the service's loop.
///
/// Connections are not kept: a server may close an idle one in the very moment in which a request is written
/// to it, and then nobody knows whether a function has run. A connect on one host costs a tenth of a
/// millisecond.
package final class HTTPClient: HTTPSender {
    private let eventLoop: any EventLoop
    private let limits: HTTPClientLimits
    private let trust: TrustedRoots

    /// - Parameter trustRoots: whose certificates are believed; by default the system's.
    package init(
        eventLoop: any EventLoop, work: BlockingWork, limits: HTTPClientLimits = HTTPClientLimits(),
        trustRoots: NIOSSLTrustRoots = .default
    ) {
        self.eventLoop = eventLoop
        self.limits = limits
        trust = TrustedRoots(trustRoots, work: work)
    }

    package func send(_ exchange: HTTPExchange) async throws(HTTPExchangeFault) -> WebAnswer {
        let tls: NIOSSLContext? = exchange.tlsHost == nil ? nil : try await trust.context()
        let conversation = HTTPConversation(exchange, tls: tls, limits: limits, eventLoop: eventLoop)
        let outcome: Result<WebAnswer, HTTPExchangeFault> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                onLoop { conversation.start { continuation.resume(returning: $0) } }
            }
        } onCancel: {
            onLoop { conversation.cancel() }
        }
        return try outcome.get()
    }

    private func onLoop(_ body: @escaping @Sendable () -> Void) {
        if eventLoop.inEventLoop { body() } else { eventLoop.execute(body) }
    }
}
