/// Cuts a byte stream into frames: a big-endian UInt32 length, then so many bytes of JSON.
///
/// Pure and incremental: bytes go in as they come, frames come out when whole. The declared length is never
/// allocated ahead of the bytes that arrive. Source: wire protocol, "Frame".
package struct FrameDecoder: Sendable {
    package enum Fault: Error, Hashable {
        /// The peer declared a length of 0 or beyond the limit; the stream can't be followed any further.
        case badLength(declared: Int, limit: Int)
    }

    private let bytesMax: Int
    private var buffer: [UInt8] = []
    private var start = 0

    package init(bytesMax: Int = WireLimits().frameBytesMax) { self.bytesMax = bytesMax }

    /// True while the bytes of an unfinished frame wait for more.
    package var holdsPartialFrame: Bool { buffer.count > start }

    package mutating func feed(_ bytes: UnsafeRawBufferPointer) { buffer.append(contentsOf: bytes) }
    package mutating func feed(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The payload of the next whole frame, nil when more bytes are needed.
    package mutating func next() throws(Fault) -> [UInt8]? { try next { Array($0) } }

    /// The same where it lies: the bytes are valid within `body` only.
    package mutating func next<Value>(
        _ body: (UnsafeBufferPointer<UInt8>) -> Value
    ) throws(Fault) -> Value? {
        guard let length = try declaredLength(), buffer.count - start >= 4 + length else {
            compact()
            return nil
        }
        let payload = start + 4..<start + 4 + length
        start += 4 + length
        return buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[payload])) }
    }

    private func declaredLength() throws(Fault) -> Int? {
        guard buffer.count - start >= 4 else { return nil }
        var length = 0
        for index in start..<start + 4 { length = length << 8 | Int(buffer[index]) }
        guard length > 0, length <= bytesMax else { throw .badLength(declared: length, limit: bytesMax) }
        return length
    }

    private mutating func compact() {
        guard start > 0 else { return }
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 16)
        } else {
            buffer.removeFirst(start)
        }
        start = 0
    }
}

package enum FrameEncoder {
    /// Appends the frame of a payload that is written by `body` straight into the buffer; returns the
    /// payload's size.
    @discardableResult
    package static func append(to buffer: inout [UInt8], _ body: (inout [UInt8]) -> Void) -> Int {
        let start = buffer.count
        for _ in 0..<4 { buffer.append(0) }
        body(&buffer)
        let length = buffer.count - start - 4
        for index in 0..<4 { buffer[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
        return length
    }
}
