import CPlatform
import Glibc
import NIOCore
import NIOPosix

/// The signals that steer a service, read by its loop from a descriptor.
///
/// ServiceLifecycle's signal source starts libdispatch with threads of its own and wants an async main; a
/// descriptor costs nothing at idle, and the handler runs where the service's state lives.
struct SignalReader {
    static let signals: [CInt] = [SIGTERM, SIGINT, SIGHUP]

    private let descriptor: CInt

    /// To be made before the first thread starts, because threads inherit what is blocked.
    init() throws(StartFault) {
        descriptor = fnf_signal_descriptor(Self.signals, CInt(Self.signals.count))
        guard descriptor >= 0 else {
            throw StartFault("signals can't be received: \(String(cString: strerror(errno)))")
        }
    }

    /// Calls `received` on the loop for each signal.
    func start(on eventLoop: any EventLoop, _ received: @escaping @Sendable (CInt) -> Void) async throws {
        _ = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SignalHandler(received: received))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor).get()
    }
}

private final class SignalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The size of `struct signalfd_siginfo`.
    private static let recordBytes = 128

    private let received: @Sendable (CInt) -> Void

    init(received: @escaping @Sendable (CInt) -> Void) { self.received = received }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        while var record = buffer.readSlice(length: Self.recordBytes) {
            if let number: UInt32 = record.readInteger(endianness: .host) { received(CInt(number)) }
        }
    }
}
