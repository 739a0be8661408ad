import FlowEngineAPI
import HTTPMessage
import OrderStoreAPI
import Primitives
import RPCProtocol

/// Why one of the article's URLs is not carried out, as its answer says it.
struct LegacyFault: Error, Sendable, Hashable {
    let status: Int
    let code: String
    let reason: String

    static let noSuchPath = LegacyFault(
        status: 404, code: "NotFound", reason: "there are /startFNF/… and /setPaymentCombination/… only")
    static let noSuchMethod = LegacyFault(
        status: 405, code: "MethodNotAllowed", reason: "these URLs are called by GET")

    static func malformed(_ reason: String) -> LegacyFault {
        LegacyFault(status: 400, code: "InvalidArgument", reason: reason)
    }
}

extension LegacyFault {
    init(_ failure: RPCFailure) {
        switch failure {
        case .answered(let error):
            self.init(status: Self.status(of: error), code: error.name.text, reason: error.message)
        case .unreachable(let reason), .lost(let reason):
            self.init(status: 503, code: "ServiceUnavailable", reason: reason)
        case .timedOut(let reason): self.init(status: 504, code: "DeadlineExceeded", reason: reason)
        case .canceled: self.init(status: 503, code: "Canceled", reason: "the request was canceled")
        }
    }

    private static func status(of error: RPCError) -> Int {
        switch error.name {
        case .flowNotExists, .flowVersionNotExists, .orderNotExists: 404
        case .executionAlreadyExists, .orderConflict, .orderClosed, .priceMismatch: 409
        case .entityTooLarge: 413
        case .resourceThrottled: 429
        case .serviceUnavailable, .canceled: 503
        case .deadlineExceeded: 504
        case .invalidArgument, .invalidParams, .invalidOrder: 400
        default: 500
        }
    }

    init(_ fault: WebFault) {
        switch fault {
        case .malformed(let reason): self = .malformed(reason)
        case .headersTooLarge:
            self.init(status: 431, code: "HeadersTooLarge", reason: "URL and headers are too long")
        case .bodyTooLarge: self.init(status: 413, code: "EntityTooLarge", reason: "these URLs take no body")
        case .tooSlow: self.init(status: 408, code: "RequestTimeout", reason: "the request came too slowly")
        case .overloaded(let reason): self.init(status: 503, code: "Overloaded", reason: reason)
        case .stopping:
            self.init(status: 503, code: "ServiceUnavailable", reason: "the service is stopping; try again")
        }
    }
}
