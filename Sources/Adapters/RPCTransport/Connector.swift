import Glibc
package import NIOCore
import NIOPosix
import RPCProtocol

/// Connects to a Unix socket and goes on trying while its service is down, restarting or overrun.
struct Connector: Sendable {
    /// `sun_path` has 108 bytes and the last one is NUL.
    static let pathBytesMax = 107

    let path: String
    let patience: Duration
    let executor: LoopExecutor

    /// Calls `done` on the loop, once.
    func connect(
        _ handler: @escaping @Sendable () -> FrameChannel,
        _ done: @escaping @Sendable (Result<any Channel, RPCFailure>) -> Void
    ) {
        guard path.utf8.count <= Self.pathBytesMax else { return done(.failure(pathTooLong)) }
        attempt(Attempt(deadline: .now() + TimeAmount(bounded: patience)), handler, done)
    }

    private struct Attempt {
        let deadline: NIODeadline
        var number = 0
    }

    private func attempt(
        _ attempt: Attempt, _ handler: @escaping @Sendable () -> FrameChannel,
        _ done: @escaping @Sendable (Result<any Channel, RPCFailure>) -> Void
    ) {
        let bootstrap = ClientBootstrap(group: executor.eventLoop).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(handler())
            }
        }
        bootstrap.connect(unixDomainSocketPath: path).whenComplete { result in
            switch result {
            case .success(let channel): done(.success(channel))
            case .failure(let error):
                let code = Self.errorCode(error)
                let pause = Self.pause(before: attempt.number)
                guard Self.mayPass(code), NIODeadline.now() + pause < attempt.deadline else {
                    return done(.failure(unreachable(code, error)))
                }
                executor.eventLoop.scheduleTask(in: pause) {
                    var next = attempt
                    next.number += 1
                    self.attempt(next, handler, done)
                }
            }
        }
    }

    /// 10 ms doubled up to 500 ms, of which a random half: callers that were cut off together do not come
    /// back together.
    private static func pause(before number: Int) -> TimeAmount {
        let full: Int64 = min(500_000, 10_000 << Int64(min(number, 6)))
        return .microseconds(Int64.random(in: full / 2...full))
    }

    private static func errorCode(_ error: any Error) -> CInt? { (error as? IOError)?.errnoCode }

    /// Source: systemd notes, "Does the listening socket survive": a full queue, a socket that is about to be
    /// there.
    private static func mayPass(_ code: CInt?) -> Bool {
        switch code {
        case EAGAIN, ENOENT, ECONNREFUSED, EINTR: true
        default: false
        }
    }
}

extension Connector {
    private var pathTooLong: RPCFailure {
        .unreachable(
            "the socket path \(path) has \(path.utf8.count) bytes and the kernel allows "
                + "\(Self.pathBytesMax): choose a shorter folder by FNF_RUNTIME_DIR")
    }

    private func unreachable(_ code: CInt?, _ error: any Error) -> RPCFailure {
        switch code {
        case ENOENT:
            .unreachable("there is no socket \(path); see \(advice)")
        case ECONNREFUSED:
            .unreachable("nothing listens at \(path); see \(advice)")
        case EAGAIN:
            .unreachable("the queue of \(path) is full, its service does not accept; see \(advice)")
        case EACCES, EPERM:
            .unreachable(
                "this user may not connect to \(path): it is for members of the socket's group "
                    + "(ls -l \(path); usermod -aG GROUP USER, then log in again)")
        default: .unreachable("connecting to \(path) failed (\(error)); see \(advice)")
        }
    }

    private var advice: String {
        let file = path.split(separator: "/").last ?? ""
        let name = file.hasSuffix(".sock") ? file.dropLast(5) : file
        return "systemctl status fnf-\(name).socket"
    }
}

extension TimeAmount {
    /// At most 36 years, which stays far from the end of NIO's clock.
    package init(bounded duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let limit: Int64 = 1 << 60
        let nanoseconds = isTooLong ? (seconds < 0 ? -limit : limit) : whole + attoseconds / 1_000_000_000
        self = .nanoseconds(max(-limit, min(nanoseconds, limit)))
    }
}
