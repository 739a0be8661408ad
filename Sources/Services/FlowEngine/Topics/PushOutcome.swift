import HTTPEgressAPI
import Primitives
import RPCProtocol

/// What became of one try of a push.
enum PushOutcome {
    case taken
    /// The receiver did not take it: counted.
    case refused(String)
    /// The receiver was not asked: nothing is counted.
    case notAsked(String)
    case canceled

    /// A request that `http-egress` sends. Source: MNS 2015-06-06: any 2xx means that it was taken.
    init(_ send: () async throws(RPCFailure) -> Int64) async {
        do throws(RPCFailure) {
            let status = try await send()
            self = (200..<300).contains(status) ? .taken : .refused("the answer has status \(status)")
        } catch {
            self.init(error, carrier: "http-egress")
            // A body that is no text says nothing about the status.
            if error.answer?.name == .answerNotText,
                let status = error.answer?.details["status"]?.integerValue, (200..<300).contains(status)
            {
                self = .taken
            }
        }
    }

    /// A call of a service that a binding names.
    init(service target: TaskTarget, _ call: () async throws(RPCFailure) -> Void) async {
        do throws(RPCFailure) {
            try await call()
            self = .taken
        } catch {
            self.init(error, carrier: target.description)
        }
    }

    private init(_ failure: RPCFailure, carrier: String) {
        switch failure {
        case .answered(let error) where !error.isTransient: self = .refused(error.description)
        case .canceled: self = .canceled
        case let failure: self = .notAsked("\(carrier): \(failure.description)")
        }
    }
}
