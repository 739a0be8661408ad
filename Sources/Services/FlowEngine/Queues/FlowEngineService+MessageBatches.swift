import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// Several messages in one call and one commit.
extension FlowEngineService {
    func sendMessages(
        _ params: SendMessages.Params, key: String?
    ) async throws(RPCError) -> SendMessages.Result {
        try Self.checkBatch(params.messages.count, parameter: "Messages")
        let queue = try queue(params.queueName)
        let asked = "send \(params.messages.wire.text)"
        return try await once(key, in: queue, asked: asked) { () throws(RPCError) -> SendMessages.Result in
            var result = SendMessages.Result()
            for entry in params.messages { result.messages.append(try send(entry, to: queue)) }
            serve(queue.key)
            return result
        }
    }

    /// Throws: what keeps every message out, not only this one.
    private func send(
        _ entry: SendMessages.Entry, to queue: StoredQueue
    ) throws(RPCError) -> SendMessages.Outcome {
        do throws(QueueFault) {
            let letter = try refusing { () throws(RPCError) in
                try Letter(body: entry.messageBody, delay: entry.delaySeconds, priority: entry.priority)
            }
            let message = try enqueue(letter, in: queue)
            queues.tally.sent += 1
            return .with {
                $0.messageId = message.id
                $0.messageBodyMD5 = letter.md5
            }
        } catch {
            guard case .refused(let error) = error else { throw error.rpcError }
            return .with {
                $0.errorCode = error.name.text
                $0.errorMessage = error.message
            }
        }
    }

    private func refusing(_ body: () throws(RPCError) -> Letter) throws(QueueFault) -> Letter {
        do throws(RPCError) { return try body() } catch { throw .refused(error) }
    }

    func deleteMessages(
        _ params: DeleteMessages.Params, key: String?
    ) async throws(RPCError) -> DeleteMessages.Result {
        try Self.checkBatch(params.receiptHandles.count, parameter: "ReceiptHandles")
        let queue = try queue(params.queueName)
        let asked = "delete \(params.receiptHandles.wire.text)"
        return try await once(key, in: queue, asked: asked) { () throws(RPCError) -> DeleteMessages.Result in
            var result = DeleteMessages.Result()
            for handle in params.receiptHandles {
                do throws(RPCError) { try remove(handle, from: queue) } catch {
                    guard [.messageNotExist, .receiptHandleError].contains(error.name) else { throw error }
                    result.failures.append(
                        .with {
                            $0.receiptHandle = handle
                            $0.errorCode = error.name.text
                            $0.errorMessage = error.message
                        })
                }
            }
            return result
        }
    }

    private static func checkBatch(_ count: Int, parameter: String) throws(RPCError) {
        guard QueueRange.batch.contains(Int64(count)) else {
            throw .argument(parameter, "there are \(count); 1 to \(QueueRange.batch.upperBound) are allowed")
        }
    }
}
