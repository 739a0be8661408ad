import Dispatch
import Glibc

/// The signals that end `fnfctl up`, as a stream of their numbers.
final class StopSignals {
    let numbers: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    /// From here on none of them ends the process by itself.
    init() {
        let (numbers, continuation) = AsyncStream<Int32>.makeStream()
        self.numbers = numbers
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
    }

    deinit { for source in sources { source.cancel() } }
}
