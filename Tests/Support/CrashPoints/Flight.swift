import LoopSupport

/// A call on its way between two processes.
final class Flight: @unchecked Sendable { // touched by the one thread of its stage only
    let reply = AwaitedReply()
    var task: Task<Void, Never>?
}
