import FlowModel
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

    /// A request that `http-egress` sends for a subscription. Source: MNS 2015-06-06: any 2xx means that it
    /// was taken.
    init(_ send: () async throws(RPCFailure) -> Int64) async {
        do throws(RPCFailure) {
            let status = try await send()
            self = (200..<300).contains(status) ? .taken : .refused("the answer has status \(status)")
        } catch {
            // A body that is no text says nothing about the status.
            let status = error.answer?.name == .answerNotText ? error.answer?.details["status"] : nil
            if let status = status?.integerValue, (200..<300).contains(status) {
                self = .taken
            } else if let answer = error.answer, !answer.isTransient {
                self = .refused(answer.description)
            } else {
                self.init(error, carrier: "http-egress")
            }
        }
    }

    /// A call for a binding.
    init(
        _ target: TaskTarget, _ limits: FlowLimits, _ call: () async throws(RPCFailure) -> JSONValue
    ) async {
        let result: Result<JSONValue, RPCFailure>
        do throws(RPCFailure) { result = .success(try await call()) } catch { result = .failure(error) }
        let outcome =
            if case .http = target {
                HTTPTaskAnswer.outcome(of: result, wantsValue: false, limits: limits)
            } else {
                result.outcome(limits: limits)
            }
        switch outcome {
        case .output: self = .taken
        case .failed(let failure), .unreached(let failure):
            self = .refused("\(failure.error): \(failure.cause)")
        case .trouble(let failure): self.init(failure, carrier: target.description)
        }
    }

    private init(_ failure: RPCFailure, carrier: String) {
        if case .canceled = failure { self = .canceled } else { self = .notAsked("\(carrier): \(failure)") }
    }
}
