import HTTPEgressAPI
import HTTPMessage

/// The headers that a caller may send.
enum OutboundHeaders {
    /// They frame the message or speak to proxies: the sender writes them itself, or nobody does.
    private static let own: Set = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade",
        "expect", "proxy-authorization", "proxy-connection", "proxy-authenticate",
    ]

    struct Fault: Error { let reason: String }

    static func list(_ headers: [SendRequest.Header], _ limits: EgressLimits) throws(Fault) -> HeaderList {
        guard headers.count <= limits.headersMax else {
            throw Fault(reason: "\(headers.count) headers; at most \(limits.headersMax) are sent")
        }
        let bytes = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard bytes <= limits.headerBytesMax else {
            throw Fault(reason: "headers of \(bytes) bytes; at most \(limits.headerBytesMax) are sent")
        }
        var list = HeaderList()
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(isToken) else {
                throw Fault(reason: "\"\(header.name.prefix(60))\" is no name of a header")
            }
            guard !own.contains(header.name.lowercased()) else {
                throw Fault(reason: "the header \(header.name) is set by the sender itself")
            }
            guard header.value.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else {
                throw Fault(reason: "the value of \(header.name) has bytes that no header may have")
            }
            list.add(header.name, header.value)
        }
        return list
    }

    /// Source: RFC 9110, section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
