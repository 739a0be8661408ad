import NIOCore
import RPCProtocol

/// Who decodes the bytes of a connection and decides about it. Called on the channel's loop.
protocol FrameChannelOwner: AnyObject {
    func opened(_ channel: FrameChannel, _ transport: any Channel)
    func received(_ bytes: UnsafeRawBufferPointer, on channel: FrameChannel)
    /// The peer sends nothing any more, but may still read.
    func inputEnded(on channel: FrameChannel)
    /// The peer has caught up with reading.
    func becameWritable(_ channel: FrameChannel)
    func closed(_ channel: FrameChannel, _ reason: (any Error)?)
}

/// One end of a connection as bytes: gathers what is written in a tick into one write, and holds back
/// reading.
///
/// Unchecked because everything happens on the channel's loop.
final class FrameChannel: ChannelDuplexHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let executor: LoopExecutor
    /// Kept alive as long as the channel is open.
    private var owner: (any FrameChannelOwner)?
    private var context: ChannelHandlerContext?
    private var outgoing: [UInt8] = []
    private var failure: (any Error)?
    private var isFlushScheduled = false
    private var closesAfterFlush = false
    private var wantsRead = false

    /// The owner wants no more bytes for now.
    var isPaused = false {
        didSet { if !isPaused { readIfWanted() } }
    }

    /// On the server nothing is read from a peer that does not read its replies.
    private let readsOnlyWhenWritable: Bool

    init(executor: LoopExecutor, readsOnlyWhenWritable: Bool, owner: any FrameChannelOwner) {
        self.executor = executor
        self.readsOnlyWhenWritable = readsOnlyWhenWritable
        self.owner = owner
    }

    var isOpen: Bool { context != nil }

    /// False when the peer is behind with reading.
    var takesMore: Bool { context?.channel.isWritable == true && outgoing.count < Self.outgoingBytesMax }

    /// What is gathered before items have to wait; NIO's own high-water mark. Units: bytes.
    static let outgoingBytesMax = 64 << 10

    /// Appends a frame; returns the size of its payload. It is written at the end of the tick.
    func append(_ message: RPCMessage, bytesMax: Int) -> Int {
        let start = outgoing.count
        let size = message.encode(into: &outgoing)
        if size > bytesMax {
            outgoing.removeSubrange(start...)
        } else {
            scheduleFlush()
        }
        return size
    }

    /// Appends a frame that `frame` writes.
    func append(_ frame: (inout [UInt8]) -> Void) {
        frame(&outgoing)
        scheduleFlush()
    }

    /// Appends a frame whose payload is known.
    func append(payload: [UInt8]) {
        append { buffer in FrameEncoder.append(to: &buffer) { $0.append(contentsOf: payload) } }
    }

    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        executor.afterTick { self.flush() }
    }

    func flush() {
        isFlushScheduled = false
        guard let context else { return outgoing.removeAll() }
        if !outgoing.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: outgoing)
            outgoing.removeAll(keepingCapacity: outgoing.capacity <= 4 * Self.outgoingBytesMax)
            if closesAfterFlush {
                context.writeAndFlush(wrapOutboundOut(buffer)).whenComplete { _ in self.close() }
            } else {
                context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
            }
        } else if closesAfterFlush {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in self.close() }
        }
    }

    /// Closes once everything that was appended is written.
    func closeAfterFlush() {
        closesAfterFlush = true
        isPaused = true
        scheduleFlush()
    }

    func close() { context?.close(promise: nil) }
}

extension FrameChannel {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) { owner?.opened(self, context.channel) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { owner?.received($0, on: self) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { owner?.inputEnded(on: self) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        owner?.becameWritable(self)
        readIfWanted()
    }

    func read(context: ChannelHandlerContext) {
        wantsRead = true
        readIfWanted()
    }

    private func readIfWanted() {
        guard wantsRead, let context, !isPaused, !readsOnlyWhenWritable || context.channel.isWritable else {
            return
        }
        wantsRead = false
        context.read()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { ended() }
    func handlerRemoved(context: ChannelHandlerContext) { ended() }

    private func ended() {
        context = nil
        let owner = owner
        self.owner = nil
        owner?.closed(self, failure)
    }
}
