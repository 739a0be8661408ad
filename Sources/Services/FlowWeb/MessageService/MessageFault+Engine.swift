import FlowEngineAPI
import Primitives
import RPCProtocol

// What the engine answers, in the words of the message service.
extension MessageFault {
    init(_ failure: RPCFailure) {
        guard case .answered(let error) = failure else {
            self.init(503, "ServiceUnavailable", "The engine can't be reached now: \(failure).")
            return
        }
        switch error.name {
        case .queueNotExist, .topicNotExist, .subscriptionNotExist, .messageNotExist:
            self.init(404, error.name.text, Self.absent[error.name] ?? error.message)
        case .queueAlreadyExist, .topicAlreadyExist, .subscriptionAlreadyExist:
            self.init(409, error.name.text, error.message)
        case .invalidArgument: self.init(400, Self.code(error), error.message)
        case .invalidParams, .entityTooLarge, .frameTooLarge:
            self.init(400, "InvalidArgument", error.message)
        case .receiptHandleError:
            self.init(
                400, "ReceiptHandleError", "The receipt handle you provided is not valid: \(error.message).")
        case .queueNumExceededLimit, .topicNumExceededLimit, .subscriptionNumExceededLimit,
            .idempotencyConflict:
            self.init(400, error.name.text, error.message)
        case .accessDenied: self.init(403, "AccessDenied", error.message)
        case .resourceThrottled:
            self.init(400, "QpsLimitExceeded", error.message)
            headers = [("Retry-After", "1")]
        case .queueFull, .topicFull: self.init(503, error.name.text, error.message)
        case .serviceUnavailable, .canceled, .deadlineExceeded:
            self.init(503, "ServiceUnavailable", error.message)
        default: self.init(500, "InternalError", error.message)
        }
    }

    private static let absent: [RPCErrorName: String] = [
        .queueNotExist: "The queue name you provided is not exist.",
        .topicNotExist: "The topic name you provided is not exist.",
        .subscriptionNotExist: "The subscription name you provided is not exist.",
    ]

    /// Some parameters have a code of their own.
    private static func code(_ error: RPCError) -> String {
        switch error.details["parameter"]?.stringValue {
        case "QueueName": MessageName.queue.formCode
        case "TopicName": MessageName.topic.formCode
        case "SubscriptionName": MessageName.subscription.formCode
        case "Endpoint": "EndpointInvalid"
        default: "InvalidArgument"
        }
    }
}

extension MessageService {
    /// Calls the engine through the door of the role that the operation needs.
    func ask<Method: RPCMethod>(
        _: Method.Type, _ params: Method.Params, as role: AccessGrant.Role, waits: Bool = false
    ) async throws(MessageFault) -> Method.Result {
        let json: JSONValue
        do throws(RPCFailure) {
            json = try await engine.call(Method.name, params.wire, role: role, waits: waits)
        } catch { throw MessageFault(error) }
        do { return try Method.Result(wire: json, strict: false) } catch {
            throw MessageFault(
                500, "InternalError", "the answer of \(Method.name) is not as its contract says: \(error)")
        }
    }
}
