import CPlatform
import Glibc
import NIOCore
import NIOPosix
import RPCProtocol

/// Answers frames with frames and knows no methods: the transport by itself, so that it can be measured
/// without what `RPCServer` does on top of it.
package final class FrameServer: Sendable {
    private let executor: LoopExecutor
    private let answer: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameter answer: from a payload to the payload of its answer; called on the loop.
    package init(executor: LoopExecutor, answer: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.executor = executor
        self.answer = answer
    }

    /// Accepts from a listening socket until the process ends. The descriptor stays the caller's.
    package func listen(on descriptor: Int32) async throws {
        let copy = fnf_duplicate_cloexec(descriptor, 3)
        let bootstrap = ServerBootstrap(group: executor.eventLoop).childChannelInitializer {
            [executor, answer] child in
            child.eventLoop.makeCompletedFuture {
                let owner = FrameAnswers(answer: answer)
                try child.pipeline.syncOperations.addHandler(
                    FrameChannel(executor: executor, readsOnlyWhenWritable: true, owner: owner))
            }
        }
        do { _ = try await bootstrap.withBoundSocket(copy).get() } catch {
            close(copy)
            throw error
        }
    }
}

/// One connection of a `FrameServer`.
private final class FrameAnswers: FrameChannelOwner {
    private let answer: @Sendable ([UInt8]) -> [UInt8]
    private var decoder = FrameDecoder()

    init(answer: @escaping @Sendable ([UInt8]) -> [UInt8]) { self.answer = answer }

    func opened(_ channel: FrameChannel, _: any Channel) {}

    func received(_ bytes: UnsafeRawBufferPointer, on channel: FrameChannel) {
        decoder.feed(bytes)
        do throws(FrameDecoder.Fault) {
            while let payload = try decoder.next() { channel.append(payload: answer(payload)) }
        } catch {
            channel.close()
        }
    }

    func inputEnded(on channel: FrameChannel) { channel.closeAfterFlush() }
    func becameWritable(_ channel: FrameChannel) {}
    func closed(_ channel: FrameChannel, _ reason: (any Error)?) {}
}
