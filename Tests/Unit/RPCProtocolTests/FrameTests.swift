import RPCProtocol
import Testing

@Suite struct FrameTests {
    private func frame(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        FrameEncoder.append(to: &bytes) { $0.append(contentsOf: text.utf8) }
        return bytes
    }

    private func all(_ decoder: inout FrameDecoder) throws -> [String] {
        var frames: [String] = []
        while let payload = try decoder.next() { frames.append(String(decoding: payload, as: UTF8.self)) }
        return frames
    }

    @Test func `the length goes first, four bytes, the highest first`() {
        #expect(frame("{}") == [0, 0, 0, 2, 0x7B, 0x7D])
        #expect(Array(frame(String(repeating: "a", count: 0x01_02_03)).prefix(4)) == [0, 1, 2, 3])
    }

    @Test func `frames come out whole wherever the stream is cut`() throws {
        let stream = frame("one") + frame("second") + frame("3")
        for cut in 0...stream.count {
            var decoder = FrameDecoder()
            decoder.feed(stream[..<cut])
            var frames = try all(&decoder)
            decoder.feed(stream[cut...])
            frames += try all(&decoder)
            #expect(frames == ["one", "second", "3"])
            #expect(!decoder.holdsPartialFrame)
        }
    }

    @Test func `frames come out whole when bytes come one by one`() throws {
        var decoder = FrameDecoder()
        var frames: [String] = []
        for byte in frame("ab") + frame("cdef") {
            decoder.feed([byte])
            frames += try all(&decoder)
        }
        #expect(frames == ["ab", "cdef"])
    }

    @Test func `a length of zero or beyond the limit is a fault before the bytes have come`() throws {
        for (header, declared) in [
            ([0, 0, 0, 0], 0), ([0, 0, 0, 11], 11), ([255, 255, 255, 255], 4_294_967_295),
        ] as [([UInt8], Int)] {
            var decoder = FrameDecoder(bytesMax: 10)
            decoder.feed(header)
            #expect(throws: FrameDecoder.Fault.badLength(declared: declared, limit: 10)) {
                try decoder.next()
            }
        }
        var decoder = FrameDecoder(bytesMax: 10)
        decoder.feed(frame("0123456789"))
        #expect(try all(&decoder) == ["0123456789"])
    }

    @Test func `a half frame is known as such`() throws {
        var decoder = FrameDecoder()
        decoder.feed([0, 0])
        #expect(try decoder.next() == nil)
        #expect(decoder.holdsPartialFrame)
    }
}
