import NIOCore
import Primitives
import RPCProtocol

/// Where one stream handler puts its items: into the connection, or aside while the reader is behind.
struct ConnectionSink: RPCItemSink {
    let connection: ServerConnection
    let ticket: ConnectionMachine.Ticket

    func send(_ item: JSONValue) throws(RPCError) { try connection.send(item, of: ticket) }
    func room() async throws(RPCError) { try await connection.room(for: ticket) }
}

extension ServerConnection {
    private var itemsMax: Int { around.limits.streamItemsBufferedMax }

    private static let readerGone = RPCError(.canceled, "the reader of the stream is gone")

    fileprivate func send(_ item: JSONValue, of ticket: ConnectionMachine.Ticket) throws(RPCError) {
        around.executor.eventLoop.preconditionInEventLoop()
        guard let stream = streams[ticket], let id = machine.wireID(of: ticket), let channel else {
            throw Self.readerGone
        }
        guard stream.isEmpty, hasRoom(channel) else {
            guard stream.count < itemsMax else {
                throw RPCError(
                    .slowConsumer,
                    "the reader is more than \(itemsMax) items behind; go on from the last item's cursor",
                    retryable: true)
            }
            streams[ticket]?.append(item)
            return
        }
        let size = channel.append(.item(id: id, item), bytesMax: around.limits.frameBytesMax)
        guard size <= around.limits.frameBytesMax else {
            throw RPCError(
                .resultTooLarge,
                "an item has \(size) bytes and a frame may have \(around.limits.frameBytesMax)")
        }
    }

    /// Whether the socket takes more; what was gathered in this tick is written out for it.
    private func hasRoom(_ channel: FrameChannel) -> Bool {
        if channel.takesMore { return true }
        channel.flush()
        return channel.takesMore
    }

    /// Waits until no item is set aside, so that the handler can send a batch again.
    fileprivate func room(for ticket: ConnectionMachine.Ticket) async throws(RPCError) {
        around.executor.eventLoop.preconditionInEventLoop()
        guard let stream = streams[ticket], let channel else { throw Self.readerGone }
        if stream.isEmpty, hasRoom(channel) { return }
        await withCheckedContinuation { streams[ticket]?.waiters.append($0) }
        if streams[ticket] == nil { throw Self.readerGone }
    }

    /// The reader has caught up: what was set aside follows.
    func pumpAll() {
        for ticket in streams.keys.sorted() { pump(ticket) }
    }

    private func pump(_ ticket: ConnectionMachine.Ticket) {
        guard let id = machine.wireID(of: ticket), let channel else { return }
        while hasRoom(channel), let item = streams[ticket]?.next() {
            // One that is too large was refused when its size was known; here it is left out.
            _ = channel.append(.item(id: id, item), bytesMax: around.limits.frameBytesMax)
        }
        guard let stream = streams[ticket], stream.isEmpty else { return }
        if let end = stream.end { return finish(ticket, end) }
        for waiter in streams[ticket]?.takeWaiters() ?? [] { waiter.resume() }
    }

    /// Nobody reads any more: items are dropped, and whoever waits for room learns it.
    func dropStream(_ ticket: ConnectionMachine.Ticket) {
        guard var stream = streams.removeValue(forKey: ticket) else { return }
        for waiter in stream.takeWaiters() { waiter.resume() }
        if let end = stream.end { finish(ticket, end) }
    }
}
