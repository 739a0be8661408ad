import HTTPMessage
import HummingbirdCore
import NIOCore

/// A stream's pieces on their way into Hummingbird's channel.
final class AnswerSink: WebBodySink, @unchecked Sendable { // touched on the loop only
    private let writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    func write(_ bytes: [UInt8]) async throws {
        // Its state is the channel it writes to: a copy is the same writer.
        var writer = writer
        try await writer.write(ByteBuffer(bytes: bytes))
    }
}
