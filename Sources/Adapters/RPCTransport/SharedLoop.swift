import NIOPosix

extension LoopExecutor {
    /// The loop of programs that have none of their own, such as fnfctl: one thread, started at the first
    /// call.
    package static let shared = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
}
