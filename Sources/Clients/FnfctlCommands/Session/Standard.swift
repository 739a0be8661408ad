import Glibc

/// The process's own streams and environment.
enum Standard {
    /// A variable that is set but empty counts as absent.
    @Sendable static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Writes all of it. A reader that went away (`fnfctl order list | head`) ends this process as any other.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
            } else if errno == EAGAIN {
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = Glibc.poll(&poll, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Ctrl-C ends a verb with the status that the help tells. `up` has a handler of its own.
    static func endOnInterrupt() {
        signal(SIGINT) { _ in _exit(CommandStatus.interrupted.rawValue) }
    }
}
