import NIOCore

/// Stands before the decoder: tells the gate when bytes come, and keeps back those that nobody wants.
final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let gate: RequestGate

    init(gate: RequestGate) { self.gate = gate }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard gate.bytesCame(unwrapInboundIn(data)) else { return }
        context.fireChannelRead(data)
        gate.bytesWereDecoded()
    }
}
