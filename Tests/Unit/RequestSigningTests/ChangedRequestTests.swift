import HTTPMessage
import Primitives
import RequestSigning
import Testing

/// Requests in which a stranger changed something on the way.
struct ChangedRequestTests {
    /// The same numbers at each run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(arguments: Captured.rpc)
    func `no changed byte leaves version 1 right, unless it means the same`(_ request: WebRequest) throws {
        var numbers = Numbers(state: 1)
        let meant = try sorted(RequestParameters.of(request))
        var refused = 0
        for _ in 1...1500 {
            var changed = request
            if !request.body.isEmpty, Bool.random(using: &numbers) {
                Self.change(&changed.body, &numbers)
            } else {
                var query = Array((request.head.query ?? "").utf8)
                Self.change(&query, &numbers)
                changed.head.query = String(decoding: query, as: UTF8.self)
            }
            guard let signed = try? RPCSignature.read(changed), signed.isSigned(with: Captured.secret) else {
                refused += 1
                continue
            }
            #expect(try sorted(RequestParameters.of(changed)) == meant)
        }
        #expect(refused > 1300)
    }

    @Test(arguments: Captured.acs3)
    func `no changed byte of body, query or signed header leaves version 3 right`(_ request: WebRequest)
        throws
    {
        var numbers = Numbers(state: 2)
        let signed = ACS3Signature.coveredAlways
        for _ in 1...1500 {
            var changed = request
            switch Int.random(in: 0..<3, using: &numbers) {
            case 0:
                Self.change(&changed.body, &numbers)
                if changed.body == request.body { continue }
            case 1:
                var query = Array((request.head.query ?? "a=b").utf8)
                Self.change(&query, &numbers)
                changed.head.query = String(decoding: query, as: UTF8.self)
                let same = try? sorted(RequestParameters.ofQuery(changed.head))
                if same == (try sorted(RequestParameters.ofQuery(request.head))) { continue }
            default:
                let name = signed[Int.random(in: 0..<signed.count, using: &numbers)]
                var value = Array((request.head.headers[name] ?? "").utf8)
                Self.change(&value, &numbers)
                let text = String(decoding: value, as: UTF8.self)
                let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
                if text.filter({ !blank($0) }) == request.head.headers[name] { continue }
                changed.head.headers[name] = text
            }
            #expect((try? ACS3Signature.read(changed))?.isSigned(with: Captured.secret) != true)
        }
    }

    @Test(arguments: Captured.messages)
    func `no changed byte of the target leaves a message's signature right`(_ head: WebHead) throws {
        var numbers = Numbers(state: 3)
        for _ in 1...1500 {
            var target = Array(head.target.utf8)
            Self.change(&target, &numbers)
            let text = String(decoding: target, as: UTF8.self)
            if text == head.target { continue }
            var changed = head
            let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            changed.path = String(parts[0])
            changed.query = parts.count > 1 ? String(parts[1]) : nil
            #expect(try !MessageSignature.read(changed).isSigned(with: Captured.secret))
        }
    }

    @Test func `an Authorization header of any bytes is read or refused`() {
        var numbers = Numbers(state: 4)
        for scheme in ["ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;x,Signature=00", "MNS a:b", ""] {
            for _ in 1...3000 {
                var text = Array(scheme.utf8)
                for _ in 0..<Int.random(in: 0..<4, using: &numbers) { Self.change(&text, &numbers) }
                var request = Captured.acs3Get
                request.head.headers["Authorization"] = String(decoding: text, as: UTF8.self)
                _ = try? ACS3Signature.read(request)
                #expect((try? ACS3Signature.read(request))?.isSigned(with: Captured.secret) != true)
                #expect((try? MessageSignature.read(request.head))?.isSigned(with: Captured.secret) != true)
            }
        }
    }

    /// Replaces, inserts or removes a byte.
    private static func change(_ bytes: inout [UInt8], _ numbers: inout Numbers) {
        let byte = UInt8.random(in: 0x20...0x7E, using: &numbers)
        let place = Int.random(in: 0...bytes.count, using: &numbers)
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0 where place < bytes.count: bytes[place] = byte
        case 1 where place < bytes.count: bytes.remove(at: place)
        default: bytes.insert(byte, at: place)
        }
    }

    private func sorted(_ parameters: FormParameters) -> [String] {
        parameters.pairs.filter { $0.name != "Signature" }.map { "\($0.name)=\($0.value)" }.sorted()
    }
}
