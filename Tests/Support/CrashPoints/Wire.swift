import LoopSupport
import Primitives
import RPCProtocol

/// The way from one incarnation of a process to a door of another process.
struct Wire: RPCCaller {
    let town: CrashTown
    /// nil: from somebody who never dies.
    let from: HostProcess?
    let fromLoop: StageLoop
    let to: String
    let door: RPCDoor

    /// What the dead begin goes no further, and comes to its end only when they are buried.
    private func stopIfDead() async throws(RPCFailure) {
        guard from?.isAlive(fromLoop) == false else { return }
        await withUnsafeContinuation { fromLoop.strayCalls.append($0) }
        throw .lost("the caller is dead")
    }

    private func depart(_ body: @escaping @Sendable (HandlerTable, Flight) async -> AwaitedReply.Outcome)
        throws(RPCFailure)
        -> Flight
    {
        guard let target = town.process(to), let table = target.table, let loop = target.loop else {
            throw .unreachable("\(to) is not there")
        }
        let flight = Flight()
        loop.flightCount += 1
        let number = loop.flightCount
        loop.flights[number] = flight
        flight.task = loop.spawn {
            let outcome = await body(table, flight)
            // A process that has died in this very turn says nothing any more.
            guard target.isAlive(loop) else { return }
            loop.flights[number] = nil
            if case .success = outcome { town.noteReply(of: target) }
            flight.reply.finish(outcome)
        }
        return flight
    }

    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        try await stopIfDead()
        if Task.isCancelled { throw .canceled }
        let flight = try depart { table, _ in
            do throws(RPCFailure) {
                return .success(try await InProcessCaller(table, door: door).call(method, params, meta: meta))
            } catch {
                return .failure(error)
            }
        }
        let outcome = await withTaskCancellationHandler {
            await flight.reply.wait()
        } onCancel: {
            flight.reply.finish(.failure(.canceled))
        }
        return try outcome.get()
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        try await stopIfDead()
        let target = town.process(to)
        let targetLoop = target?.loop
        let flight = try depart { table, flight in
            await Self.serve(table, door, method, params, meta) {
                if let target, let targetLoop, target.isAlive(targetLoop) {
                    town.noteReply(of: target)
                    flight.reply.push($0)
                }
                return flight.reply.isOpen
            }
        }
        fromLoop.readings.append(flight)
        defer { fromLoop.readings.removeAll { $0 === flight } }
        do {
            while let item = await flight.reply.nextItem() { try await onItem(item) }
        } catch {
            flight.reply.finish(.failure(.canceled))
            flight.task?.cancel()
            throw error as? RPCFailure ?? .canceled
        }
        return try await flight.reply.wait().get()
    }

    private static func serve(
        _ table: HandlerTable, _ door: RPCDoor, _ method: String, _ params: JSONValue, _ meta: RPCMeta,
        _ push: @escaping @Sendable (JSONValue) -> Bool
    ) async -> AwaitedReply.Outcome {
        do throws(RPCError) {
            guard case .stream(let body) = try table.entry(for: method, through: door).body else {
                throw RPCError(.invalidRequest, "\(method) is no stream")
            }
            let context = RPCContext(requestID: "stage", door: door, peer: nil, meta: meta)
            return .success(try await body(params, context, Sink(push: push)))
        } catch {
            return .failure(.answered(error))
        }
    }

    private struct Sink: RPCItemSink {
        let push: @Sendable (JSONValue) -> Bool

        func room() async throws(RPCError) {}

        func send(_ item: JSONValue) throws(RPCError) {
            guard push(item) else { throw RPCError(.canceled, "the reader is gone") }
        }
    }
}
