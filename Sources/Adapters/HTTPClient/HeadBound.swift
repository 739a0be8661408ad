import NIOCore

/// Lets no more bytes through than a head may have, until the head is there.
final class HeadBound: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var bytesLeft: Int
    /// Set by the reader of the answer: what follows is the body's.
    var isHeadRead = false
    private let exceeded: () -> Void

    init(bytesMax: Int, exceeded: @escaping () -> Void) {
        bytesLeft = bytesMax
        self.exceeded = exceeded
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard !isHeadRead else { return context.fireChannelRead(data) }
        if let head = buffer.readSlice(length: min(bytesLeft, buffer.readableBytes)) {
            bytesLeft -= head.readableBytes
            context.fireChannelRead(wrapInboundOut(head))
        }
        if isHeadRead {
            if buffer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(buffer)) }
        } else if bytesLeft == 0 {
            exceeded()
        }
    }
}
