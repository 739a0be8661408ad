/// How a service is now, and how often what happened to it: counts never miss a fact that has passed already.
package struct ProcessStatus: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        /// Can become: starting, at a connect.
        case listening
        /// Can become: ready, or restarting when it fails or takes longer than the start timeout.
        case starting
        /// Can become: stopping, restarting, or listening after an idle exit.
        case ready
        /// It was told to end, or said that it does.
        case stopping
        /// Waits for its next start after a failure. Can become: starting.
        case restarting
        /// The supervisor has ended it.
        case stopped
    }

    package var state: State = .listening
    package var pid: Int32?
    /// The last STATUS= line.
    package var statusText = ""
    /// Processes started so far.
    package var starts = 0
    /// READY=1 so far, without those that end a reload.
    package var readies = 0
    /// RELOADING=1 … READY=1 so far.
    package var reloads = 0
    /// WATCHDOG=1 so far.
    package var pings = 0
    package var exits: [ServiceExit] = []

    package init() {}

    package var lastExit: ServiceExit? { exits.last }
}

extension ProcessStatus: CustomStringConvertible {
    package var description: String {
        var text = state.rawValue
        if let pid { text += " pid \(pid)" }
        text += ", started \(starts)×"
        if let lastExit { text += ", last end: \(lastExit)" }
        if !statusText.isEmpty { text += ", says: \(statusText)" }
        return text
    }
}
