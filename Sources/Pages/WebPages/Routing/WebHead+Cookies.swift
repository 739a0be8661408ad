package import HTTPMessage

extension WebHead {
    /// The value of a cookie that the browser sent; nil when there is none.
    package func cookie(_ name: String) -> String? {
        for header in headers.values("Cookie") {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard let cut = pair.firstIndex(of: "="), pair[..<cut] == name else { continue }
                return String(pair[pair.index(after: cut)...])
            }
        }
        return nil
    }

    /// The connection to the browser is encrypted, here or by a proxy before us that says so.
    package var isEncrypted: Bool {
        isSecure || headers["X-Forwarded-Proto"]?.lowercased() == "https"
    }
}

/// A cookie as it is set. Never readable by scripts, sent to this site only.
package struct SetCookie: Sendable, Hashable {
    package var name: String
    package var value: String
    /// Units: seconds; 0 takes it away, nil: until the browser closes.
    package var maxAge: Int?

    package init(_ name: String, _ value: String, maxAge: Int? = nil) {
        self.name = name
        self.value = value
        self.maxAge = maxAge
    }

    /// - Parameter isEncrypted: it is then sent back over encrypted connections only.
    package func header(isEncrypted: Bool) -> String {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        return isEncrypted ? text + "; Secure" : text
    }
}
