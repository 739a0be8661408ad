import HTTPMessage

/// How the client reached the endpoint; locations and host ids begin so.
struct MessageOrigin: Sendable, Hashable {
    let text: String

    /// - Parameter head: nil of a request that could not be read.
    init(_ head: WebHead?) {
        let isSecure = head?.isSecure == true || head?.headers["X-Forwarded-Proto"] == "https"
        let host = head?.headers["Host"] ?? ""
        text = "\(isSecure ? "https" : "http")://\(Self.isHost(host) ? host : "localhost")"
    }

    func url(_ parts: String...) -> String { ([text] + parts).joined(separator: "/") }

    /// A name, an address or either with a port: what a client claims goes into headers and documents.
    private static func isHost(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default: false
                }
            }
    }
}
