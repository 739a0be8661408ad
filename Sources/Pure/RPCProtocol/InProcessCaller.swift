package import Primitives

/// Calls a handler table in the same process, through the same checks as a socket would: for tests and
/// simulation.
package struct InProcessCaller: RPCCaller {
    private let table: HandlerTable
    private let door: RPCDoor

    package init(_ table: HandlerTable, door: RPCDoor) {
        self.table = table
        self.door = door
    }

    private func context(_ meta: RPCMeta) -> RPCContext {
        RPCContext(requestID: "in-process", door: door, peer: nil, meta: meta)
    }

    package func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure)
        -> JSONValue
    {
        do throws(RPCError) {
            guard case .unary(let body) = try table.entry(for: method, through: door).body else {
                throw RPCError(.invalidRequest, "\(method) is a stream")
            }
            return try await body(params, context(meta))
        } catch {
            throw .answered(error)
        }
    }

    package func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        let (items, continuation) = AsyncStream<JSONValue>.makeStream(bufferingPolicy: .bufferingOldest(256))
        let entry: HandlerTable.Entry
        do { entry = try table.entry(for: method, through: door) } catch { throw .answered(error) }
        guard case .stream(let body) = entry.body else {
            throw .answered(RPCError(.invalidRequest, "\(method) is no stream"))
        }
        let context = context(meta)
        let producer = Task { () -> Result<JSONValue, RPCError> in
            defer { continuation.finish() }
            do throws(RPCError) {
                return .success(try await body(params, context, Sink(continuation: continuation)))
            } catch {
                return .failure(error)
            }
        }
        do {
            for await item in items { try await onItem(item) }
        } catch {
            producer.cancel()
            throw error as? RPCFailure ?? .canceled
        }
        if Task.isCancelled { producer.cancel() }
        do { return try await producer.value.get() } catch { throw .answered(error) }
    }

    private struct Sink: RPCItemSink {
        /// A reader in the same process needs no more than its turn.
        func room() async throws(RPCError) { await Task.yield() }

        let continuation: AsyncStream<JSONValue>.Continuation

        func send(_ item: JSONValue) throws(RPCError) {
            switch continuation.yield(item) {
            case .enqueued: return
            case .dropped: throw RPCError(.slowConsumer, "the reader is more than 256 items behind")
            case .terminated: throw RPCError(.canceled, "the reader is gone")
            @unknown default: throw RPCError(.canceled, "the reader is gone")
            }
        }
    }
}
