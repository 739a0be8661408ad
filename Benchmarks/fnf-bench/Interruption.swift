import Dispatch
import Glibc

/// Ctrl-C: cleans up and ends. The services end with this process.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    init(_ cleanUp: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Progress.clear()
                cleanUp()
                exit(130)
            }
            source.resume()
            return source
        }
    }

    func end() { for source in sources { source.cancel() } }
}
