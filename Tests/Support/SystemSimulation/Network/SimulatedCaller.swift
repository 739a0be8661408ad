import LoopSupport
import Primitives
import RPCProtocol

/// The way from one incarnation of a process to a door of another process.
struct SimulatedCaller: RPCCaller {
    let network: SimulatedNetwork
    let from: SimulatedProcess
    let loop: SimulatedLoop
    let to: String
    let door: RPCDoor

    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        if Task.isCancelled { throw .canceled }
        let flight = network.depart(self, method, params, meta, isStream: false)
        let outcome = await withTaskCancellationHandler {
            await flight.reply.wait()
        } onCancel: {
            network.cancel(flight)
        }
        return try outcome.get()
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        if Task.isCancelled { throw .canceled }
        let flight = network.depart(self, method, params, meta, isStream: true)
        let broken: RPCFailure? = await withTaskCancellationHandler {
            while let item = await flight.reply.nextItem() {
                do { try await onItem(item) } catch { return error as? RPCFailure ?? .canceled }
                network.handled(flight)
            }
            return nil
        } onCancel: {
            network.cancel(flight)
        }
        if let broken {
            network.cancel(flight)
            throw broken
        }
        return try await flight.reply.wait().get()
    }
}

/// Where a stream's handler puts its items.
struct SimulatedSink: RPCItemSink {
    static let behindMax = 256
    static let behindGood = 64

    let network: SimulatedNetwork
    let serving: Serving

    private static let readerGone = RPCError(.canceled, "the reader of the stream is gone")

    func send(_ item: JSONValue) throws(RPCError) {
        // A request that was delivered twice reads to nobody.
        if serving.isCopy { return }
        guard serving.isHeard else { throw Self.readerGone }
        guard serving.behind < Self.behindMax else {
            throw RPCError(
                .slowConsumer, "the reader is more than \(Self.behindMax) items behind", retryable: true)
        }
        network.send(item, of: serving)
    }

    func room() async throws(RPCError) {
        if serving.isCopy || (serving.isHeard && serving.behind <= Self.behindGood) { return }
        guard serving.isHeard else { throw Self.readerGone }
        await withCheckedContinuation { serving.roomWaiters.append($0) }
        if !serving.isHeard { throw Self.readerGone }
    }
}
