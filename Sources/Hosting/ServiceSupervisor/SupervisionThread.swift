import Glibc

/// A thread for work that waits in poll(2). Children are started on it and receive a signal when it ends.
enum SupervisionThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func run(_ body: @escaping @Sendable () -> Void) throws(SupervisorFault) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        guard failure == 0 else {
            work.release()
            throw .systemCall("pthread_create", errno: failure)
        }
        pthread_detach(thread)
    }
}
