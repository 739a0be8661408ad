package import Primitives
package import RPCProtocol

/// A stream of a service that is followed for as long as the process lives: begun again when it breaks.
package enum KeptStream {
    /// Between two tries: short, since the service's socket starts it.
    private static let pauses: [Duration] = [.milliseconds(200), .seconds(1), .seconds(3)]

    /// - Parameter follow: follows the stream once; throws or returns when it breaks.
    /// - Parameter broke: called after each break, before the next try: what happened meanwhile is unknown.
    package static func keep(
        loop: any ServiceLoop, _ follow: @escaping @Sendable () async throws(RPCFailure) -> Void,
        broke: @escaping @Sendable (RPCFailure?) -> Void
    ) -> Task<Void, Never> {
        loop.spawn {
            var failures = 0
            while !Task.isCancelled {
                do throws(RPCFailure) {
                    try await follow()
                    failures = 0
                    broke(nil)
                } catch {
                    if Task.isCancelled { return }
                    broke(error)
                    failures += 1
                }
                await pause(pauses[min(failures, pauses.count - 1)], loop)
            }
        }
    }

    private static func pause(_ duration: Duration, _ loop: any ServiceLoop) async {
        await withCheckedContinuation { continuation in
            _ = loop.after(duration) { continuation.resume() }
        }
    }
}
