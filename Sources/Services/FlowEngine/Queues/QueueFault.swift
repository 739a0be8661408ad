import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// What keeps a message out of a queue: who sends it, or the store. A task fails by the one and waits for the
/// other.
enum QueueFault: Error {
    case refused(RPCError)
    case store(StoreError)

    var rpcError: RPCError {
        switch self {
        case .refused(let error): error
        case .store(let error): RPCError(error)
        }
    }
}

/// Notes a store's error as a fault of a queue.
func queueing<Value>(_ body: () throws(StoreError) -> Value) throws(QueueFault) -> Value {
    do throws(StoreError) { return try body() } catch { throw .store(error) }
}

extension RPCError {
    static func queueNotExist(_ queue: String) -> RPCError {
        RPCError(
            .queueNotExist, "Queue \(queue) does not exist; CreateQueue makes it",
            details: ["queue": .string(queue)])
    }

    static func queueAlreadyExist(_ queue: String) -> RPCError {
        RPCError(
            .queueAlreadyExist,
            "Queue \(queue) already exists with other attributes; SetQueueAttributes changes them",
            details: ["queue": .string(queue)])
    }

    static func queueFull(_ queue: String, messagesMax: Int64) -> RPCError {
        RPCError(
            .queueFull,
            "Queue \(queue) holds \(messagesMax) messages, as many as it may (queueMessagesMax); "
                + "receive and delete some first",
            details: ["queue": .string(queue), "messagesMax": .integer(messagesMax)], retryable: true)
    }

    static func tooManyQueues(_ queuesMax: Int) -> RPCError {
        RPCError(
            .queueNumExceededLimit,
            "there are \(queuesMax) queues, as many as there may be (queuesMax); delete one first",
            details: ["queuesMax": .integer(Int64(queuesMax))])
    }

    static func messageNotExist(_ queue: String) -> RPCError {
        RPCError(
            .messageNotExist,
            "Queue \(queue) has no such message any more: it was deleted, it expired, or it was moved to "
                + "the dead-letter queue",
            details: ["queue": .string(queue)])
    }

    static func receiptHandle(_ reason: String) -> RPCError {
        RPCError(
            .receiptHandleError, "ReceiptHandle: \(reason)", details: ["parameter": "ReceiptHandle"])
    }
}
