import HTTPMessage
import NIOSSL
import Synchronization

/// The certificates that are believed, read when the first request needs them: 150 files' worth of parsing
/// that a host without https never pays.
final class TrustedRoots: Sendable {
    private let roots: NIOSSLTrustRoots
    private let work: BlockingWork
    private let known = Mutex<NIOSSLContext?>(nil)

    init(_ roots: NIOSSLTrustRoots, work: BlockingWork) {
        self.roots = roots
        self.work = work
    }

    func context() async throws(HTTPExchangeFault) -> NIOSSLContext {
        if let context = known.withLock({ $0 }) { return context }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = roots
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv12
        let made: Result<NIOSSLContext, HTTPExchangeFault> = await withCheckedContinuation { continuation in
            let isTaken = work.submit { [configuration] in
                continuation.resume(returning: Self.make(configuration))
            }
            if !isTaken {
                continuation.resume(
                    returning: .failure(.notConnected("the threads that read certificates are all busy")))
            }
        }
        let context = try made.get()
        known.withLock { $0 = context }
        return context
    }

    private static func make(_ configuration: TLSConfiguration) -> Result<NIOSSLContext, HTTPExchangeFault> {
        do { return .success(try NIOSSLContext(configuration: configuration)) } catch {
            return .failure(
                .notConnected("the system's certificates can't be read (\(error)); install ca-certificates"))
        }
    }
}
