import HTTPMessage
import NIOCore
import NIOHTTP1

extension WebHead {
    /// A request's head as the decoder read it, checked for what would be read in two ways.
    init(_ head: HTTPRequestHead, peer: String, isSecure: Bool, limits: HTTPLimits) throws(WebFault) {
        let bytes = head.headers.reduce(head.uri.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard bytes <= limits.headerBytesMax else { throw .headersTooLarge }
        try Self.checkFraming(head.headers)
        let target = try Self.target(head.uri)
        let cut = target.firstIndex(of: "?")
        self.init(
            method: head.method.rawValue, path: String(target[..<(cut ?? target.endIndex)]),
            query: cut.map { String(target[target.index(after: $0)...]) },
            headers: HeaderList(head.headers.map { ($0.name, $0.value) }), peer: peer, isSecure: isSecure)
    }

    /// What the first bytes of a head tell that can't be read whole: method and target, without headers. Nil
    /// when not even these.
    init?(beginning bytes: ByteBuffer, peer: String, isSecure: Bool) {
        let text = String(decoding: bytes.readableBytesView.prefix(Self.beginningBytesMax), as: UTF8.self)
        let words = text.prefix { !$0.isNewline }.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].utf8.allSatisfy({ (65...90).contains($0) }),
            let target = try? Self.target(String(words[1]))
        else { return nil }
        let path = target.prefix { $0 != "?" }
        self.init(
            method: String(words[0]), path: String(path),
            query: path.endIndex == target.endIndex ? nil : String(target[path.endIndex...].dropFirst()),
            peer: peer, isSecure: isSecure)
    }

    /// Enough to tell one protocol's paths from another's.
    private static let beginningBytesMax = 256

    /// A proxy before this service may end a request elsewhere than this service does: what allows that is
    /// refused. Source: RFC 9112, 6.1 and 6.3.
    private static func checkFraming(_ headers: HTTPHeaders) throws(WebFault) {
        let codings = headers["Transfer-Encoding"]
        if codings.isEmpty { return }
        guard headers["Content-Length"].isEmpty else {
            throw .malformed("Content-Length and Transfer-Encoding are both there")
        }
        guard codings.count == 1, codings[0].lowercased() == "chunked" else {
            throw .malformed("Transfer-Encoding may only be chunked")
        }
    }

    /// Path and query of the request line; of the absolute form, which clients send to what they take for a
    /// proxy, what follows the host.
    private static func target(_ uri: String) throws(WebFault) -> Substring {
        if uri.hasPrefix("/") { return uri[...] }
        // Of `OPTIONS *`: the service as a whole.
        if uri == "*" { return "/" }
        for scheme in ["http://", "https://"]
        where uri.utf8.count >= scheme.utf8.count && uri.prefix(scheme.count).lowercased() == scheme {
            let rest = uri.dropFirst(scheme.count)
            guard let start = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
            return rest[start] == "/" ? rest[start...] : "/\(rest[start...])"
        }
        throw .malformed("the request target is neither a path nor an http address")
    }
}

extension HTTPRequestHead {
    /// Nil without one. The decoder has refused what is no number.
    var contentLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

    var expectsContinue: Bool { headers.first(name: "Expect")?.lowercased() == "100-continue" }
}
