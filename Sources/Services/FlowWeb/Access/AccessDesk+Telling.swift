import Logging
import Primitives
import RPCProtocol
import RequestSigning

extension AccessDesk {
    func refused(_ request: SignedRequest, _ fault: AccessFault) {
        let reason = fault.reason
        metrics.add("\(AccessMetric.refused){reason=\"\(reason)\"}")
        guard fault.isNoteworthy, let unsaid = refusals.shouldTell(reason, at: world.now) else { return }
        // An id that nobody has may be anything that a stranger sent.
        let id = keys[request.accessKeyID]?.id ?? "unknown"
        logger.warning(
            """
            a request signed with the access key \(id) is refused: \(reason)\
            \(unsaid == 0 ? "" : ", and \(unsaid) more since it was last said")
            """, metadata: ["messageID": "requestRefused", "key": "\(id)", "error": "\(reason)"])
    }
}

extension AccessFault {
    /// A word for counters and logs.
    var reason: String {
        switch self {
        case .unknownKey: "unknownKey"
        case .disabledKey: "disabledKey"
        case .tooSkewed: "tooSkewed"
        case .nonceUsed: "nonceUsed"
        case .signatureMismatch: "signatureMismatch"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        }
    }

    /// Worth a line in the log; a throttled client is counted only.
    var isNoteworthy: Bool { if case .throttled = self { false } else { true } }
}

/// Keeps strangers from filling the log: each reason is said once a while, with how often it came meanwhile.
struct RefusalLog {
    static let pause = Duration.seconds(60)
    private var said: [String: (time: Timestamp, unsaid: Int)] = [:]

    /// Nil: not now. Else how many were not told since the last time.
    mutating func shouldTell(_ reason: String, at now: Timestamp) -> Int? {
        if let last = said[reason], now < last.time.advanced(by: Self.pause), now >= last.time {
            said[reason] = (last.time, last.unsaid + 1)
            return nil
        }
        let unsaid = said[reason]?.unsaid ?? 0
        said[reason] = (now, 0)
        return unsaid
    }
}
